package main

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report"
)

// TestReadme runs the commands that the README shows and compares what it
// shows below them. Times, ports and the blanks and lines that depend on their
// length may differ.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, ran := string(content), 0
	for _, shown := range consoleBlocks(text) {
		code := 0
		for _, c := range shown {
			words := strings.Fields(strings.TrimPrefix(c.command, "go run ./cmd/"))
			switch {
			case words[0] == "ftpdiag":
				ran++
				var got string
				got, code = onScreen(t, words[1:]...)
				want := strings.Join(c.output, "\n")
				switch {
				case normal(got) == normal(want):
				case *update:
					text = strings.Replace(text, "$ "+c.command+"\n"+want, "$ "+c.command+"\n"+got, 1)
				default:
					t.Errorf("README shows for %s\n%s\nbut it prints (-update writes it there)\n%s", c.command, want, got)
				}
			case c.command == "echo $?":
				if got := strconv.Itoa(code); strings.Join(c.output, "\n") != got {
					t.Errorf("README shows exit code %s, it is %s", c.output, got)
				}
			case words[0] == "go" || words[0] == "git" || words[0] == "cd":
				// Commands of a developer, run by the developer.
			default:
				t.Errorf("README shows %q, which this test cannot run", c.command)
			}
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if ran == 0 {
		t.Error("README shows no ftpdiag command in a console block")
	}
}

// An example of the README: an indented line, with a remark after some blanks,
// or a command among the words of a sentence.
var readmeExample = regexp.MustCompile("(?m)^    (?:go run \\./cmd/)?ftpdiag (.+)$|`ftpdiag ([^`]+)`")

// TestReadmeExamples runs every example of the README, one after the other, as
// a person in front of a server where all is well. Each must succeed.
func TestReadmeExamples(t *testing.T) {
	content, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("secret.txt", []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	ran := 0
	for _, m := range readmeExample.FindAllStringSubmatch(string(content), -1) {
		ran++
		command, _, _ := strings.Cut(m[1]+m[2], "   ")
		words, want := strings.Fields(command), 0
		if slices.Contains(words, "login-530") {
			want = report.ExitLogin
		}
		w := atHome(t, home)
		w.typed = "secret"
		w.onTerminal(w.stdin, w.stderr)
		code := 0
		if words[0] == "demo" { // on sockets, in real time
			code = w.run(words...)
		} else {
			synctest.Test(t, func(t *testing.T) {
				w.in(t, "all-good")
				// The clock of each bubble starts at the same moment, and no two
				// results are of one moment.
				time.Sleep(time.Duration(ran) * time.Hour)
				code = w.run(words...)
			})
		}
		if code != want {
			t.Errorf("ftpdiag %s: exit code %d\n%s%s", command, code, w.out.String(), w.err.String())
		}
	}
	if ran < 20 {
		t.Errorf("README shows %d examples, so some were not recognised", ran)
	}
}

// TestReadmeNamesEveryQuestion: the table of the follow-up questions is whole,
// and so is that of the rooms.
func TestReadmeNamesEveryQuestion(t *testing.T) {
	content, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range probe.Experiments() {
		if !strings.Contains(string(content), "\n| `"+e.Name+"` |") {
			t.Errorf("README does not tell what %s is for", e.Name)
		}
	}
	for pkg := range arrows {
		if !strings.Contains(string(content), "| `"+pkg+"`") {
			t.Errorf("README does not tell what %s is for", pkg)
		}
	}
}

// shownCommand is a command in a console block and what stands below it.
type shownCommand struct {
	command string
	output  []string
}

func consoleBlocks(markdown string) [][]shownCommand {
	var blocks [][]shownCommand
	inside := false
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\r\n")
		switch command, isCommand := strings.CutPrefix(line, "$ "); {
		case line == "```console":
			inside = true
			blocks = append(blocks, nil)
		case strings.HasPrefix(line, "```"):
			inside = false
		case inside && isCommand:
			last := &blocks[len(blocks)-1]
			*last = append(*last, shownCommand{command: command})
		case inside && len(blocks[len(blocks)-1]) > 0:
			last := blocks[len(blocks)-1]
			last[len(last)-1].output = append(last[len(last)-1].output, line)
		}
	}
	return blocks
}

// onScreen runs the program and returns what a person then sees in a window:
// both streams, the status line erased.
func onScreen(t *testing.T, args ...string) (string, int) {
	t.Helper()
	w := newWorld("")
	w.stdout = &w.err
	w.onTerminal(w.stderr)
	w.vars["NO_COLOR"] = "1"
	w.network = broken{} // the README has to do without servers
	code := w.run(args...)
	lines, _ := screen(t, w.err.String())
	return strings.TrimRight(strings.Join(lines, "\n"), "\n"), code
}

var (
	someTime = regexp.MustCompile(`\b\d+(\.\d+)? (m?s)\b`)
	somePort = regexp.MustCompile(`\b\d{4,5}\b`)
	someFill = regexp.MustCompile(`-+|[ \n]+`)

	// Which symbols a pipe gets depends on the system.
	inASCII = strings.NewReplacer("╭", "+", "╮", "+", "╰", "+", "╯", "+", "┼", "+", "─", "-", "│", "|",
		"●", "o", "►", ">", "◄", "<", "✓", "+", "✗", "x")
)

// normal replaces what differs from run to run, and the filling whose length
// follows from it.
func normal(s string) string {
	s = inASCII.Replace(s)
	s = someTime.ReplaceAllString(s, "0 $2")
	s = somePort.ReplaceAllString(s, "0000")
	return someFill.ReplaceAllStringFunc(strings.TrimRight(s, "\n "), func(fill string) string { return fill[:1] })
}
