package main

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestHelpPages demands of every page that it fits every console, and that
// what it says can be typed works.
func TestHelpPages(t *testing.T) {
	pages := [][]string{{"--help"}, {"demo", "--help"}, {"help", "--help"}, {"show", "--help"}, {"ticket", "--help"}, {"compare", "--help"}, {"completion", "--help"}, {"explain", "--help"}, {"settings", "--help"}, {"--experiments", "list"}}
	for _, name := range topics {
		pages = append(pages, []string{"help", name})
	}
	for _, args := range pages {
		w := newWorld("")
		if code := w.run(args...); code != 0 || w.err.String() != "" {
			t.Errorf("%q: exit code %d, stderr %q", args, code, w.err.String())
		}
		for line := range strings.Lines(w.out.String()) {
			line = strings.TrimSuffix(line, "\n")
			if len(line) > messageWidth || strings.TrimRight(line, " ") != line || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Errorf("%q: too long, trailing blanks or not ASCII: %q", args, line)
			}
		}
	}
}

// TestTopicsComplete: each file is a topic, and each topic is in the help.
func TestTopicsComplete(t *testing.T) {
	files, err := fs.Glob(topicFiles, "topics/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(f, "topics/"), ".txt"))
	}
	if !slices.Equal(names, slices.Sorted(slices.Values(topics))) {
		t.Errorf("files %q, topics %q", names, topics)
	}
	list := strings.Join(topics, ", ")
	for _, page := range []string{mainHelpHead, strings.Replace(helpHelp, "privacy or color", "privacy, color", 1)} {
		if !strings.Contains(page, list) {
			t.Errorf("the topics %s are not in\n%s", list, page)
		}
	}
}

// TestCommandsInTextsExist: whatever the pages tell people to type is accepted.
func TestCommandsInTextsExist(t *testing.T) {
	texts := []string{shortHelp, mainHelpHead, mainHelpFoot, settingsHelpHead, demoHelpHead, helpHelp, showHelpHead, ticketHelpHead, compareHelpHead, completionHelpHead}
	for _, name := range topics {
		text, err := topic(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	texts = append(texts, string(readme))
	found := 0
	for _, text := range texts {
		for line := range strings.Lines(text) {
			_, rest, ok := strings.Cut(line, "  ftpdiag ")
			if !ok {
				continue
			}
			found++
			command, _, _ := strings.Cut(rest, "  ")
			args := strings.Fields(strings.ReplaceAll(command, "CASE", "all-good"))
			w := newWorld("")
			// --help after it: parsed, and then shown instead of run.
			if code := w.run(append(args, "--help")...); code != 0 {
				t.Errorf("ftpdiag %s: %s", command, w.err.String())
			}
			w = newWorld("")
			if code := w.run(append(args, "--no-such-option")...); !strings.Contains(w.err.String(), `"--no-such-option"`) {
				t.Errorf("ftpdiag %s: %d, %s", command, code, w.err.String())
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d commands found in the texts", found)
	}
}
