package remedies

import (
	"regexp"
	"strings"
	"testing"
)

// TestCommandsRunAsTheyStand: a line to copy is one that the system finds, and
// that its shell splits as it is meant.
func TestCommandsRunAsTheyStand(t *testing.T) {
	quoted := regexp.MustCompile(`"[^"]*"`)
	for _, k := range theCatalogue().components {
		for _, e := range k.Remedies {
			for _, c := range e.Commands {
				// It is in no folder of %PATH% (Microsoft's page on appcmd).
				if strings.HasPrefix(c, "appcmd") {
					t.Errorf("%s: Windows does not find %q", k.ID, c)
				}
				if strings.Contains(c, "appcmd") && strings.Contains(quoted.ReplaceAllString(c, ""), "[name='") {
					t.Errorf("%s: a blank in the name of the site would end the word: %q", k.ID, c)
				}
			}
		}
	}
}

// TestOwnComputerIsOpenedForTheServerOnly: whoever lets active mode in lets in
// the one server, not everybody.
func TestOwnComputerIsOpenedForTheServerOnly(t *testing.T) {
	for _, k := range theCatalogue().components {
		for _, e := range k.Remedies {
			if e.TaskID == "let-program-in" && !strings.Contains(e.Setting+strings.Join(e.Commands, " "), "{server}") {
				t.Errorf("%s opens this computer for everybody: %q", k.ID, e.Commands)
			}
		}
	}
}
