package report

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report/remedies"
	"ftpdiag/report/term"
)

var systems = []string{"linux", "windows", "darwin", "freebsd", ""}

// explained is what a person reads about a word.
func explained(t *testing.T, word string, r Reader) string {
	t.Helper()
	s, ok := FindSubject(word)
	if !ok {
		t.Fatalf("%q cannot be explained", word)
	}
	var b bytes.Buffer
	if err := s.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryFindingIsExplained(t *testing.T) {
	for _, code := range probe.Codes() {
		x := explanationOf(code)
		if x.about == "" || x.what == "" || len(x.why) < 2 || len(x.tell) == 0 || x.user+x.network+x.server == "" {
			t.Errorf("%s %s is not fully explained", code.Number(), code)
		}
		told := strings.Join(x.tell, "\n")
		for i := range x.why {
			if n := port(uint16(i + 1)); !regexp.MustCompile(`(?m)^([\d, and]*)\b` + n + `\b[\d, and]*: `).MatchString(told) {
				t.Errorf("%s: nothing tells cause %s", code.Number(), n)
			}
		}
	}
}

// TestExplanationIsOneScreen: nobody scrolls on the phone.
func TestExplanationIsOneScreen(t *testing.T) {
	for _, code := range probe.Codes() {
		for _, system := range systems {
			lines := strings.Split(strings.TrimSuffix(explained(t, code.String(), Reader{OS: system}), "\n"), "\n")
			if len(lines) > 45 {
				t.Errorf("%s on %q: %d lines", code.Number(), system, len(lines))
			}
			for _, line := range lines {
				if len(line) > 79 || strings.TrimRight(line, " ") != line || strings.Contains(line, "{") {
					t.Errorf("%s: %q", code.Number(), line)
				}
			}
		}
	}
}

func TestExplanationFitsAnyWindow(t *testing.T) {
	for _, width := range []int{40, 59, 99} {
		for _, code := range probe.Codes() {
			text := explained(t, code.Number(), Reader{OS: "linux", Style: term.Style{Width: width, Symbols: term.ASCII}})
			for _, line := range strings.Split(text, "\n") {
				if len(line) > width {
					t.Errorf("%s at %d columns: %q", code.Number(), width, line)
				}
			}
			if i := strings.IndexFunc(text, func(r rune) bool { return r > '~' || r < '\n' }); i >= 0 {
				t.Errorf("%s: not plain at %q", code.Number(), text[i:min(i+20, len(text))])
			}
		}
	}
}

// TestRemediesSpeakOfFindings: the catalogue names findings by their ids.
func TestRemediesSpeakOfFindings(t *testing.T) {
	ids := map[string]bool{}
	for _, code := range probe.Codes() {
		ids[code.String()] = true
		for _, task := range remedies.Tasks(code.String()) {
			x := explanationOf(code)
			text := map[remedies.Who]string{remedies.User: x.user, remedies.NetworkAdmin: x.network, remedies.ServerAdmin: x.server}[task.Who]
			if text == "" || text == "Nothing." {
				t.Errorf("%s: %s has settings for the %s, who has nothing to do", code.Number(), task.ID, task.Who)
			}
		}
	}
	for _, e := range allEntries() {
		for _, id := range e.Task.Findings {
			if !ids[id] {
				t.Errorf("%s: no finding is called %q", e.TaskID, id)
			}
		}
	}
}

func allEntries() []remedies.Entry {
	var all []remedies.Entry
	for _, kind := range []remedies.Kind{remedies.Client, remedies.Server, remedies.Firewall, remedies.Cloud} {
		for _, c := range remedies.Components(kind) {
			all = append(all, c.Remedies...)
		}
	}
	return all
}

// TestEverySettingCanBeRead: each entry stands whole on the page of its
// program, its lines to copy unbroken and with the remark if it is not
// confirmed.
func TestEverySettingCanBeRead(t *testing.T) {
	for _, e := range allEntries() {
		page := explained(t, e.Component.ID, Reader{})
		setting, commands, _ := e.Fill(remedies.StandIns)
		flat := strings.Join(strings.Fields(page), " ")
		if !strings.Contains(flat, strings.Join(strings.Fields(setting), " ")) {
			t.Errorf("%s: %q is nowhere", e.Component.ID, setting)
		}
		for _, command := range commands {
			if !slices.Contains(strings.Split(page, "\n"), "    "+command) {
				t.Errorf("%s: %q does not stand on a line of its own", e.Component.ID, command)
			}
		}
		title := e.Task.Title + " (" + confidenceWords(e.Confidence) + ")"
		if !strings.Contains(page, title) {
			t.Errorf("%s: %q is missing", e.Component.ID, title)
		}
	}
}

// TestUnconfirmedIsMarked: what nobody could confirm is left out, or said to be
// so.
func TestUnconfirmedIsMarked(t *testing.T) {
	if page := explained(t, "F201", Reader{OS: "windows"}); strings.Contains(page, "Total Commander") || strings.Contains(page, "Windows Explorer") {
		t.Error("an unconfirmed setting is advised to everybody")
	}
	if page := explained(t, "F201", Reader{OS: "windows", Client: "totalcmd"}); !strings.Contains(page, "(not confirmed)") {
		t.Errorf("whoever asks for an unconfirmed setting must learn that it is one:\n%s", page)
	}
	if page := explained(t, "passive", Reader{OS: "linux"}); strings.Count(strings.Join(strings.Fields(page), " "), "(not confirmed)") != unconfirmed("passive") {
		t.Error("unconfirmed settings are not marked in the list")
	}
}

func unconfirmed(topic string) int {
	n := 0
	for _, e := range remedies.ForTopic(topic, "") {
		if e.Confidence == remedies.Unconfirmed {
			n++
		}
	}
	return n
}

func TestOneProgram(t *testing.T) {
	page := explained(t, "passive", Reader{OS: "windows", Client: "winscp"})
	if !strings.Contains(page, "Login > Edit > Advanced > Connection: Passive mode") || strings.Contains(page, "FileZilla") || strings.Contains(page, "TLS") {
		t.Errorf("not the answer for WinSCP:\n%s", page)
	}
	page = explained(t, "F303", Reader{OS: "windows", Client: "wget"})
	if !strings.Contains(page, "cannot; use curl") || strings.Contains(page, "WinSCP") {
		t.Errorf("not the answer for wget:\n%s", page)
	}
	page = explained(t, "F303", Reader{OS: "windows", Client: "dotnet"})
	if !strings.Contains(page, "no setting for this is known") {
		t.Errorf("what is not known must be said:\n%s", page)
	}
	page = explained(t, "passive", Reader{Client: "ie"})
	if strings.Count(page, `reg add "HKCU\Software\Microsoft\Ftp"`) != 2 {
		t.Errorf("both registry values are needed:\n%s", page)
	}
}

func TestFindSubject(t *testing.T) {
	want, _ := FindSubject("F201")
	for _, word := range []string{"f201", "active-blocked", "active_blocked", "Active-Blocked", " F201 "} {
		if got, ok := FindSubject(word); !ok || got != want {
			t.Errorf("%q is not F201", word)
		}
	}
	for _, word := range []string{"", "F210x", "201", "F999"} {
		if _, ok := FindSubject(word); ok {
			t.Errorf("%q is explained", word)
		}
	}
	for _, word := range SubjectWords() {
		if _, ok := FindSubject(word); !ok {
			t.Errorf("%q is offered and not known", word)
		}
	}
}

func TestLists(t *testing.T) {
	var findings, clients bytes.Buffer
	if err := WriteFindingList(&findings, Reader{}); err != nil {
		t.Fatal(err)
	}
	if err := WriteClientList(&clients, Reader{}); err != nil {
		t.Fatal(err)
	}
	for _, code := range probe.Codes() {
		if !strings.Contains(findings.String(), "  "+code.Number()+"  "+code.String()+": ") {
			t.Errorf("%s is not listed", code.Number())
		}
	}
	for _, id := range Clients() {
		if !strings.Contains(clients.String(), "\n  "+id+" ") {
			t.Errorf("%s is not listed", id)
		}
	}
	for _, line := range strings.Split(findings.String()+clients.String(), "\n") {
		if len(line) > 79 {
			t.Errorf("too long: %q", line)
		}
	}
}

// harmful is advice that does more harm than FTP that does not work. What the
// catalogue must not advise is tested there.
var harmful = regexp.MustCompile(`(?i)promiscuous|AllowForeignAddress|AllowUserFXP|1024.65535|all (high )?ports|quote PASV|tls off|(disable|switch off|turn off) (the )?(firewall|TLS|encryption)`)

func TestNothingHarmfulIsAdvised(t *testing.T) {
	for _, code := range probe.Codes() {
		x := explanationOf(code)
		for _, text := range []string{x.user, x.network, x.server} {
			if found := harmful.FindString(text); found != "" {
				t.Errorf("%s advises %q", code.Number(), found)
			}
		}
	}
	for _, table := range []map[probe.Code]wording{activeWords, passiveWords, deviceWords, dataWords, loginWords, reachWords, toolWords} {
		for code, w := range table {
			if found := harmful.FindString(w.user + w.network + w.server); found != "" {
				t.Errorf("%s: the report advises %q", code.Number(), found)
			}
		}
	}
}

func TestNearestFinding(t *testing.T) {
	for word, want := range map[string]string{
		"F210x": "F209 eprt-port-differ", "f202y": "F202 active-rejected-en-route", "F399": "F314 passive-range-partly-open",
		"F801": "", "F20": "", "xyz": "", "201": "",
	} {
		if got := NearestFinding(word); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}

// TestLegendsExplainWhatIsThere: a page says what its stand-ins mean, all of
// them and no others.
func TestLegendsExplainWhatIsThere(t *testing.T) {
	var subjects []string
	for _, code := range probe.Codes() {
		subjects = append(subjects, code.Number())
	}
	for _, e := range allEntries() {
		subjects = append(subjects, e.Component.ID)
	}
	for _, subject := range subjects {
		body, legend, found := explained(t, subject, Reader{OS: "linux"}), "", false
		for _, start := range []string{"\nSERVER", "\nCLIENT", "\n50000"} {
			if i := strings.LastIndex(body, start); i >= 0 && !found {
				body, legend, found = body[:i], body[i:], true
			}
		}
		_, body, _ = strings.Cut(body, "What to do\n") // the examples above it need no legend
		for _, word := range []string{"SERVER", "CLIENT", "50000"} {
			if found && strings.Contains(legend, word) && body != "" && !strings.Contains(body, word) {
				t.Errorf("%s explains %s, which is not there", subject, word)
			}
			if strings.Contains(body, word) && !strings.Contains(legend, word) {
				t.Errorf("%s does not explain %s", subject, word)
			}
		}
	}
}

// TestCommandsInExplanationsStayWhole: where there is room, nobody has to put a
// command together from two lines.
func TestCommandsInExplanationsStayWhole(t *testing.T) {
	for _, code := range probe.Codes() {
		for _, width := range []int{59, 79, 99} {
			text := explained(t, code.Number(), Reader{OS: "linux", Style: term.Style{Width: width}})
			flat := strings.Join(strings.Fields(text), " ")
			for _, command := range ownCommand.FindAllString(flat, -1) {
				if !strings.Contains(text, command) {
					t.Errorf("%s at %d columns breaks %q", code.Number(), width, command)
				}
			}
		}
	}
}
