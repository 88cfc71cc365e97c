package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// allPages builds every command and returns their options.
func allPages(t *testing.T) map[string][]optionGroup {
	t.Helper()
	a := &app{env: newWorld("").environment, args: []string{"help", "help"}}
	if err := a.execute(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a.pages
}

// TestEveryOptionIsTold: in the help, to shells and in the manual page.
func TestEveryOptionIsTold(t *testing.T) {
	manual := output0(t, "help", "manual")
	told := 0
	for command, groups := range allPages(t) {
		help := output0(t, command, "--help")
		for _, g := range groups {
			g.flags.VisitAll(func(f *pflag.Flag) {
				told++
				if !strings.Contains(help, "--"+f.Name+" ") {
					t.Errorf("ftpdiag %s --help does not tell --%s", command, f.Name)
				}
				if !strings.Contains(manual, ".B "+roffEscape(optionHead(f))+"\n"+roffEscape(f.Usage)+"\n") {
					t.Errorf("the manual page does not tell --%s of ftpdiag %s", f.Name, command)
				}
				if completions := output0(t, "__complete", command, "--"+f.Name); !strings.Contains(completions, "--"+f.Name+"\t"+f.Usage+"\n") {
					t.Errorf("shells are not told --%s of ftpdiag %s:\n%s", f.Name, command, completions)
				}
			})
		}
	}
	if told < 50 {
		t.Errorf("only %d options were found", told)
	}
	for _, command := range commands {
		if !strings.Contains(manual, command) || !strings.Contains(mainHelpHead, command) {
			t.Errorf("%s is not in the manual page or the help", command)
		}
	}
}

// output0 runs a command that must succeed.
func output0(t *testing.T, args ...string) string {
	t.Helper()
	w := newWorld("")
	if code := w.run(args...); code != 0 {
		t.Errorf("%q: exit code %d, %s", args, code, w.err.String())
	}
	return w.out.String()
}

// TestCompletedValuesAreAccepted: what a shell offers must work.
func TestCompletedValuesAreAccepted(t *testing.T) {
	needWords := []string{"MODE", "LIST", "FORMAT", "WHEN", "RESULT"} // values of a closed list
	for command, groups := range allPages(t) {
		for _, g := range groups {
			g.flags.VisitAll(func(f *pflag.Flag) {
				if f.NoOptDefVal != "" {
					return
				}
				words, _ := completeValue(f, "")
				if len(words) == 0 && slices.Contains(needWords, f.Value.Type()) {
					t.Errorf("--%s of ftpdiag %s: no value is offered", f.Name, command)
				}
				for _, word := range words {
					if err := f.Value.Set(word); err != nil {
						t.Errorf("--%s %s is offered, and refused: %v", f.Name, word, err)
					}
				}
			})
		}
	}
}

// TestManualPage keeps the file for packagers true: "go test ./cmd/ftpdiag
// -update" writes it anew.
func TestManualPage(t *testing.T) {
	const file = "ftpdiag.1"
	got := output0(t, "help", "manual")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("ftpdiag.1 is not what ftpdiag help manual prints; -update writes it anew")
	}
	for line := range strings.Lines(got) {
		if strings.ContainsFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("not ASCII: %q", line)
		}
	}
}
