package ftp

import (
	"slices"
	"strings"
	"testing"
)

// TestWordingCorpus: whose words a refusal is in; and every row of the tables is
// there for a line of the corpus.
func TestWordingCorpus(t *testing.T) {
	used := map[string]bool{}
	mark := func(table []wording, software string, r Reply) {
		for _, w := range table {
			if slices.ContainsFunc(r.Lines, func(line string) bool { return w.matches(plainly(line)) }) &&
				(software == "" || strings.HasPrefix(software, w.program)) {
				used[w.program+w.words] = true
			}
		}
	}
	for _, s := range corpus(t, "wordings.txt", 2) {
		whose, software := s.want[0], strings.TrimPrefix(s.want[1], "-")
		if got := OtherWords(software, s.reply); got != (whose == "other") {
			t.Errorf("%s: before %q %q is in others' words: %t", s.at, software, s.raw, got)
		}
		words := OwnWords(software, s.reply, s.reply)
		switch whose {
		case "own":
			mark(refusalWords, software, s.reply)
		case "other":
			mark(refusalWords, "", s.reply)
		case "word":
			if mark(ownWords, software, s.reply); words != 1 {
				t.Errorf("%s: %d of %q's own words in %q, want 1", s.at, words, software, s.raw)
			}
		}
		if whose != "word" && words > 0 {
			t.Errorf("%s: %q's own words in %q", s.at, software, s.raw)
		}
	}
	for _, w := range slices.Concat(refusalWords, ownWords) {
		if !used[w.program+w.words] {
			t.Errorf("no reply of the corpus is in the words of %s: %q", w.program, w.words)
		}
		if w.words != strings.ToLower(w.words) || w.words != plainly(w.words) || w.source == "" {
			t.Errorf("%s: %q is not written as a line is compared, or lacks its source", w.program, w.words)
		}
	}
}

// TestOwnRefusalsAreNobodyElses: whatever the corpus has of a program, at whatever
// command and in whatever state, is never taken for somebody else's words.
func TestOwnRefusalsAreNobodyElses(t *testing.T) {
	for mark, software := range map[string]string{
		"vsftpd": "vsFTPd 3.0.3", "proftpd": "ProFTPD 1.3.8", "pure-ftpd": "Pure-FTPd", "filezilla server 1": "FileZilla Server 1.9.4",
	} {
		found := 0
		for _, file := range []string{"session.txt", "login.txt", "refusals.txt", "data-failures.txt"} {
			for _, s := range corpus(t, file, 1) {
				if !strings.Contains(strings.ToLower(s.source), mark) {
					continue
				}
				found++
				if OtherWords(software, s.reply) {
					t.Errorf("%s: %q is %s's own", s.at, s.raw, software)
				}
			}
		}
		if found == 0 {
			t.Errorf("the corpus has nothing of %s", software)
		}
	}
}
