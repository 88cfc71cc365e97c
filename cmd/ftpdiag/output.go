package main

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"ftpdiag/report"
	"ftpdiag/report/term"
)

// output is a file to write the result into, beside what is printed.
type output struct {
	path   string // as given
	format report.Format
	target string // where path leads: links are followed, not replaced
}

// outputOptions say what is written, and into which files.
func (o *options) outputOptions(group optionGroup) {
	group.text("output", "o", "FILE", "also write FILE; its ending picks the format (.json .html .md .txt .csv .xml=JUnit); repeatable", func(s string) error {
		format, known := report.FormatByEnding(s)
		if !known {
			return unknownEnding(s)
		}
		o.outputs = append(o.outputs, output{path: s, format: format})
		return nil
	})
	group.flags.BoolVar(&o.json, "json", false, "print JSON; same as --format json")
	group.text("format", "", "FORMAT", strings.Join(report.FormatNames(), ", ")+" [text]", func(s string) error {
		return choose("--format", s, report.FormatNames(), &o.format)
	})
	o.redactOption(group)
}

func (o *options) redactOption(group optionGroup) {
	group.flags.BoolVar(&o.redact, "redact", false, "replace names, addresses and users by placeholders")
}

// unknownEnding words that a file's name does not tell its format.
func unknownEnding(path string) error {
	what := "cannot write " + quotePath(path) + ": its name has no ending"
	ending := filepath.Ext(path)
	if ending != "" {
		what = "cannot write " + quotePath(path) + ": unknown kind of file " + quote(ending)
	}
	advice := "Endings that work: " + strings.Join(report.Endings(), " ") + "."
	if strings.EqualFold(ending, ".pdf") {
		advice += " For PDF, write .html and print that page."
	}
	return complain(what, advice)
}

// room is what a file must find on the disk before anything is sent: four times
// the longest page of the scenarios, that of a server whose replies do not end.
const room = 512 << 10

// settleOutputs refuses files that cannot be written, before anything is sent.
func (o *options) settleOutputs() error {
	var targets []string
	for i := range o.outputs {
		f := &o.outputs[i]
		if err := f.find(); err != nil {
			return err
		}
		if slices.Contains(targets, f.target) {
			return complain(quotePath(f.path) + " is to be written twice")
		}
		targets = append(targets, f.target)
		probe, err := f.create()
		if err == nil {
			_, err = probe.Write(make([]byte, room))
			if err == nil {
				err = probe.Sync() // some systems find out only now that the disk is full
			}
			err = errors.Join(err, probe.Close(), os.Remove(probe.Name()))
		}
		if err != nil {
			return f.problem(err)
		}
	}
	return nil
}

// largestOwn bounds what is read of a file to see whether it is ours. A page
// of the longest dialogue is some hundred kilobytes.
const largestOwn = 16 << 20

// find follows links, and refuses a file that is there and was not made by
// this program.
func (f *output) find() error {
	absolute, err := filepath.Abs(f.path)
	if err != nil {
		return f.problem(err)
	}
	f.target = absolute
	if linked, err := filepath.EvalSymlinks(absolute); err == nil {
		f.target = linked
	}
	info, err := os.Lstat(f.target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return f.problem(err)
	case info.IsDir():
		return complain("cannot write " + quotePath(f.path) + ": it is a folder")
	case !info.Mode().IsRegular():
		return complain("cannot write " + quotePath(f.path) + ": it is not an ordinary file")
	}
	// Opened for writing too: whoever protects a file does not want it replaced.
	file, err := os.OpenFile(f.target, os.O_RDWR, 0)
	if err != nil {
		return f.problem(err)
	}
	defer func() { _ = file.Close() }() // nothing was written
	content, err := io.ReadAll(io.LimitReader(file, largestOwn))
	if err != nil {
		return f.problem(err)
	}
	if !report.MadeHere(content) {
		return complain(quotePath(f.path)+" exists already and was not made by ftpdiag",
			"Use another name. (A file made by ftpdiag is replaced without asking.)")
	}
	return nil
}

// create makes a new file beside the target, under a name that nobody else has.
// It gets the permissions that any new file gets.
func (f *output) create() (*os.File, error) {
	// Hidden, and without the ending by which programs pick up files.
	return os.OpenFile(filepath.Join(filepath.Dir(f.target), ".ftpdiag-"+rand.Text()[:8]), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// problem words why a file cannot be written.
func (f *output) problem(err error) error {
	what := "cannot write " + quotePath(f.path) + ": "
	var rename *os.LinkError
	switch {
	case errors.As(err, &rename): // its own text names both files
		return f.problem(rename.Err)
	case errors.Is(err, fs.ErrNotExist):
		return complain(what + "there is no folder " + quotePath(filepath.Dir(f.path)))
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return complain(what+"you may not write there", "Choose another folder.")
	default:
		return complain(what + fileProblem(err))
	}
}

// write puts the result into the file: first under another name, so that there
// is never half of it.
func (f *output) write(rep *report.Report, style term.Style) (err error) {
	if err := f.find(); err != nil { // somebody may have been faster
		return err
	}
	file, err := f.create()
	if err != nil {
		return f.problem(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // the reason is told; there is nothing to add
		}
	}()
	err = rep.WriteFile(file, f.format, style)
	if err == nil {
		err = file.Sync() // some systems find out only now that the disk is full
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if old, missing := os.Stat(f.target); err == nil && missing == nil {
		err = os.Chmod(file.Name(), old.Mode().Perm())
	}
	if err == nil {
		err = os.Rename(file.Name(), f.target)
	}
	if err != nil {
		return f.problem(err)
	}
	return nil
}

// writeOutputs writes all files. One that fails does not keep the others from
// being written.
func (a *app) writeOutputs(rep *report.Report) {
	style := term.Style{Width: a.opts.width, Verbose: a.opts.verbose}
	if a.opts.ascii {
		style.Symbols = term.ASCII
	}
	for i := range a.opts.outputs {
		var own *complaint
		if err := a.opts.outputs[i].write(rep, style); errors.As(err, &own) {
			a.say(own.what, own.advice...)
			a.code = report.ExitNoVerdict
		}
	}
}
