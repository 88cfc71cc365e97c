package report

import (
	"maps"
	"regexp"
	"strings"
	"testing"

	"ftpdiag/probe"
)

// allWordings are the templates of every code, the variants too.
func allWordings() map[probe.Code][]wording {
	all := map[probe.Code][]wording{}
	for _, table := range []map[probe.Code]wording{activeWords, passiveWords, deviceWords, dataWords, loginWords, reachWords, toolWords} {
		for code, w := range maps.All(table) {
			all[code] = append(all[code], w)
		}
	}
	for _, table := range []map[probe.Code][]variant{modeVariants, sessionVariants} {
		for code, list := range table {
			for _, v := range list {
				all[code] = append(all[code], v.wording)
			}
		}
	}
	return all
}

func (w wording) texts() []string {
	return append([]string{w.title, w.seen, w.means, w.head, w.user, w.network, w.server, w.idle}, w.commands...)
}

func TestTemplatesNameOnlyFactsThatExist(t *testing.T) {
	name := regexp.MustCompile(`\{([^}]*)\}`)
	for code, list := range allWordings() {
		for _, w := range list {
			for _, text := range w.texts() {
				for _, m := range name.FindAllStringSubmatch(text, -1) {
					if _, ok := facts[lowerFirst(m[1])]; !ok {
						t.Errorf("%s: no fact is called %q in %q", code.Number(), m[1], text)
					}
				}
				if strings.Count(text, "[") != strings.Count(text, "]") || strings.Count(text, "{") != strings.Count(text, "}") {
					t.Errorf("%s: brackets do not match in %q", code.Number(), text)
				}
			}
		}
	}
}

// Every code has words, whatever is known about the run: nothing is left
// unfilled, no sentence loses its end or has a hole.
func TestEveryCodeHasWords(t *testing.T) {
	hole := regexp.MustCompile(`[{}\[\]|]|\x00|\s[.,;:]|\(\)|\.\.|, ,|  |: \.|"\."`)
	quoted := regexp.MustCompile(`"[^"]*"|\(\|\|\|50112\|\)`)
	exams := []fixture{passiveFixture(), bothFixture(), epsvFixture(), reuseFixture(), mtuFixture(), loginFixture(), nameFixture(),
		filteredFixture(), certificateFixture(), {name: "empty", exam: &probe.Examination{}}}
	for _, code := range probe.Codes() {
		for _, f := range exams {
			for _, party := range []probe.Party{probe.PartyClientNetwork, probe.PartyPath, probe.PartyServerNetwork} {
				for _, severity := range []probe.Severity{info, severe} {
					c := newStory(f.exam, []probe.Finding{{Code: code, Party: party, Confidence: probe.ConfidenceLikely, Severity: severity}})
					w := c.say(c.primary())
					if w.title == "" || w.seen == "" || w.head == "" {
						t.Errorf("%s on %s: title %q, seen %q, head %q", code.Number(), f.name, w.title, w.seen, w.head)
					}
					for _, text := range []string{w.title, w.seen, w.means, w.head, w.user, w.network, w.server, w.idle} {
						if hole.MatchString(quoted.ReplaceAllString(text, "Q")) {
							t.Errorf("%s on %s: %q", code.Number(), f.name, text)
						}
						if text != "" && !strings.ContainsAny(text[len(text)-1:], `."`) && !strings.Contains(text, ": ftpdiag ") {
							t.Errorf("%s on %s: no end: %q", code.Number(), f.name, text)
						}
					}
				}
			}
		}
	}
}

// Advice begins with a verb, or names the programs it is about.
func TestAdviceBeginsWithAVerb(t *testing.T) {
	verbs := strings.Fields("Allow Ask Avoid Check Close Create Enlarge Exempt Expect Find Install Leave Let Limit Make Open Prefer Remove " +
		"Repair Run Send Set Start Switch Tell Try Turn Use Wait Write FileZilla, curl")
	for code, list := range allWordings() {
		for _, w := range list {
			for _, text := range []string{w.user, w.network, w.server} {
				first, _, _ := strings.Cut(text, " ")
				known := text == "" || text == noText
				for _, v := range verbs {
					known = known || v == first
				}
				if !known {
					t.Errorf("%s: advice begins with %q", code.Number(), first)
				}
			}
		}
	}
}

// Words that readers stumble over, tones that blame, and settings that would
// open a server to abuse are said nowhere.
func TestNothingIsSaidThatMustNot(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(please|simply|just|oops|invalid|illegal|socket|ephemeral|SYN|peer|endpoint|` +
		`port_promiscuous|pasv_promiscuous|AllowForeignAddress|AllowUserFXP|matchClientAddress\w*|permit_foreign_addresses|` +
		`nf_conntrack_helper|quote PASV|require_ssl_reuse|NoSessionReuseRequired|1024-65535|turn off TLS|without TLS only)\b|!`)
	for code, list := range allWordings() {
		for _, w := range list {
			for _, text := range w.texts() {
				if found := never.FindString(text); found != "" && !strings.Contains(text, "translates the address, without TLS only") {
					t.Errorf("%s: %q in %q", code.Number(), found, text)
				}
			}
		}
	}
}

// Nobody is told that an address is private unless it is, and the server's is
// public.
func TestPrivateAddressIsNamedOnlyIfItIs(t *testing.T) {
	const remark = "is private, behind NAT"
	f := passiveFixture()
	if d := f.report().Findings[0].Detail; !strings.Contains(d, remark) {
		t.Errorf("private client, public server: %s", d)
	}
	for name, change := range map[string]func(s *probe.Session){
		"public client":  func(s *probe.Session) { s.Local = eitherFixture().exam.Sessions[0].Local },
		"private server": func(s *probe.Session) { s.Remote = s.Local },
	} {
		f := passiveFixture()
		change(&f.exam.Sessions[0])
		for i := range f.exam.Connects {
			f.exam.Connects[i].Local, f.exam.Connects[i].Remote = f.exam.Sessions[0].Local, f.exam.Sessions[0].Remote
		}
		if d := f.report().Findings[0].Detail; strings.Contains(d, remark) {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// Who is blamed follows from the party alone, how surely from the confidence.
func TestBlame(t *testing.T) {
	f := activeFixture()
	blame := func(p probe.Party, sure probe.Confidence) string {
		c := newStory(f.exam, nil)
		return c.say(probe.Finding{Code: probe.ActiveBlocked, Party: p, Confidence: sure}).means
	}
	for _, c := range []struct {
		party probe.Party
		sure  probe.Confidence
		want  string
	}{
		{probe.PartyClientNetwork, probe.ConfidenceCertain, "A firewall or router on this side drops connections that come from outside."},
		{probe.PartyClientNetwork, probe.ConfidenceLikely, "A firewall or router on this side likely drops connections that come from outside."},
		{probe.PartyServerNetwork, probe.ConfidenceLikely, "A firewall on the server's side likely drops connections that come from outside."},
		{probe.PartyPath, probe.ConfidenceUnknown, "Something on the way possibly drops connections that come from outside."},
	} {
		if got := blame(c.party, c.sure); got != c.want {
			t.Errorf("%v, %v: %s", c.party, c.sure, got)
		}
	}
}
