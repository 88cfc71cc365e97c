package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"ftpdiag/cmd/ftpdiag/saved"
	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/report"
)

// store is where the results of this person are kept.
func (a *app) store() saved.Store {
	return saved.Store{Folder: saved.Folder(a.env.goos, a.env.getenv)}
}

// keep keeps the result of a check for show, ticket and compare, and tells
// whether it did. That it cannot is told, and is no failure of the check.
func (a *app) keep(exam *probe.Examination) bool {
	if a.opts.noSave || a.env.getenv("FTPDIAG_NO_SAVE") == "1" {
		return false
	}
	store := a.store()
	_, err := store.Add(exam)
	switch {
	case err == nil:
		return true
	case errors.Is(err, saved.ErrNoFolder):
		// A service without a home. It keeps nothing, and there is nobody who
		// would ask for it.
	default:
		problem := fileProblem(err)
		if errors.Is(err, fs.ErrPermission) {
			problem = "you may not write there"
		}
		// One line, whatever the length: every check has it from now on.
		a.print([]string{program + " the result is not kept in " + ftp.Clean(store.Folder) + ": " + ftp.Clean(problem)})
	}
	return false
}

// found is an examination that was saved, with the word by which it is found
// again. Empty: it is the last one.
type found struct {
	exam *probe.Examination
	word string
}

// saved lists the saved results, the last one first, as many as wanted (0:
// all). Files that cannot be read are named.
func (a *app) saved(most int) ([]*probe.Examination, error) {
	var all []*probe.Examination
	for r, err := range a.store().Newest() {
		var bad *saved.DamagedError
		switch {
		case errors.As(err, &bad):
			a.say("skipped "+quote(filepath.Base(bad.File))+": "+unreadable(bad.Err),
				"This saved result stays in "+ftp.Clean(filepath.Dir(bad.File)))
			continue
		case err != nil:
			return nil, complain("cannot read the saved results in "+quotePath(a.store().Folder)+": "+fileProblem(err), "A file can be shown without them: ftpdiag show FILE")
		}
		if all = append(all, r.Examination); len(all) == most {
			break
		}
	}
	return all, nil
}

// unreadable says what is wrong with a file that is no examination.
func unreadable(err error) string {
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return fileProblem(err)
	case errors.Is(err, report.ErrNewer):
		return "it was made by a newer version of ftpdiag"
	default:
		return "it is damaged"
	}
}

// find finds a result by a word: a number counts back from the last one, which
// is 1; else it is a file, or the server of a saved result.
func (a *app) find(word string) (found, error) {
	if n, err := strconv.Atoi(word); err == nil && allDigits(word) {
		return a.findNumber(max(n, 1), word)
	}
	if isFileName(word) {
		exam, err := readResult(word)
		return found{exam, word}, err
	}
	all, err := a.saved(0)
	if err != nil {
		return found{}, err
	}
	for _, exam := range all {
		if isServer(exam, word) {
			return found{exam, word}, nil
		}
	}
	if _, err := os.Stat(word); err == nil {
		exam, err := readResult(word)
		return found{exam, word}, err
	}
	what := "there is no saved result of " + quote(word)
	if near := nearest(word, servers(all)); near != "" {
		return found{}, complain(what, "Did you mean: "+near)
	}
	if len(all) == 0 {
		return found{}, complain(what, "Check it first: ftpdiag "+clip(word))
	}
	return found{}, complain(what, "A result is a number, a server or a file. List them: ftpdiag show --list")
}

// findLast finds the last result.
func (a *app) findLast() (found, error) {
	f, err := a.findNumber(1, "1")
	f.word = ""
	return f, err
}

func (a *app) findNumber(n int, word string) (found, error) {
	all, err := a.saved(n)
	switch {
	case err != nil:
		return found{}, err
	case len(all) == 0:
		return found{}, noResultYet()
	case len(all) < n:
		return found{}, complain("there is no result "+clip(word)+": "+plural(len(all), "result is", "results are")+" saved", "List them: ftpdiag show --list")
	}
	return found{all[n-1], word}, nil
}

func noResultYet() error {
	return complain("no saved result yet", "Check a server first: ftpdiag "+exampleServer)
}

// plural writes a number with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// isFileName tells a file from a server: an ending of our files, or a folder
// before it.
func isFileName(word string) bool {
	switch strings.ToLower(filepath.Ext(word)) {
	case ".json", ".html", ".htm":
		return true
	}
	return !strings.Contains(word, "://") && (strings.ContainsRune(word, '/') || strings.ContainsRune(word, filepath.Separator))
}

// isServer tells whether an examination is of the server that a word names.
func isServer(exam *probe.Examination, word string) bool {
	said, err := parseAddress(word)
	return err == nil && strings.EqualFold(said.host, exam.Target.Host) && (said.port == 0 || said.port == exam.Target.Port)
}

// servers are the names of the servers that were reached, each once.
func servers(all []*probe.Examination) []string {
	var names []string
	for _, exam := range all {
		// One that does not exist was a slip of the finger itself.
		if name := ftp.Clean(exam.Target.Host); len(exam.Connects) > 0 && name == exam.Target.Host {
			names = append(names, name)
		}
	}
	return unique(names)
}

// unique removes what is there already.
func unique(words []string) []string {
	var list []string
	seen := map[string]bool{}
	for _, word := range words {
		if !seen[word] {
			seen[word] = true
			list = append(list, word)
		}
	}
	return list
}

// largestResult bounds a file that is read: an examination with every reply at
// its limit stays far below.
const largestResult = 64 << 20

// readResult reads the examination in a file.
func readResult(path string) (*probe.Examination, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, complain("cannot read " + quotePath(path) + ": " + fileProblem(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(f, largestResult))
	if err != nil {
		return nil, complain("cannot read " + quotePath(path) + ": " + fileProblem(err))
	}
	exam, err := report.ReadExamination(content)
	const origin = "Results come from: ftpdiag -o FILE.json SERVER"
	switch {
	case errors.Is(err, report.ErrForeign):
		return nil, complain(quotePath(path)+" is not a ftpdiag result", origin)
	case errors.Is(err, report.ErrNoExamination):
		return nil, complain(quotePath(path)+" holds a report, but not what the check saw", origin)
	case err != nil:
		return nil, complain("cannot read " + quotePath(path) + ": " + unreadable(err))
	}
	return exam, nil
}

// meant is the server that was probably meant where the one given does not
// exist: one that was reached before, and is called nearly the same. Nobody is
// asked over the network.
func (a *app) meant(exam *probe.Examination) string {
	if exam.Resolution.Outcome != probe.NameMissing && exam.Resolution.Outcome != probe.NameEmpty {
		return ""
	}
	var all []*probe.Examination
	for r, err := range a.store().Newest() {
		if err == nil { // what cannot be read is told where results are asked for
			all = append(all, r.Examination)
		}
	}
	return nearest(exam.Target.Host, servers(all))
}
