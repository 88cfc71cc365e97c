package saved

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report"
)

// Limit is how many results are kept. A result takes some ten KiB, and whoever
// needs an older one has had fifty checks to put it elsewhere.
const Limit = 50

// Store is a folder with results. It need not exist: then it is empty, and the
// first result makes it. The zero value has no folder; nothing can be added.
type Store struct {
	Folder string
}

// Result is one examination with the file it was read from.
type Result struct {
	File        string
	Examination *probe.Examination
}

// DamagedError tells of a file in the folder that is no result, or none that
// can be read. It is left as it is.
type DamagedError struct {
	File string
	Err  error
}

func (e *DamagedError) Error() string { return e.File + ": " + e.Err.Error() }

// Unwrap is the cause.
func (e *DamagedError) Unwrap() error { return e.Err }

// Names of files begin with the time of the check, so that their order is that
// of the checks. What is being written ends differently, and is not read.
const (
	stamp     = "20060102-150405.000000000"
	ending    = ".json"
	unwritten = ".part"
)

// abandoned is the age at which a file that is being written no longer is: the
// program was ended meanwhile.
const abandoned = time.Hour

// ErrNoFolder is why nothing can be kept where the environment does not say
// which folder is the person's own.
var ErrNoFolder = errors.New("no folder for it is known")

// Add keeps an examination, and removes the oldest ones that are too many. It
// returns the file.
func (s Store) Add(e *probe.Examination) (string, error) {
	if s.Folder == "" {
		return "", ErrNoFolder
	}
	if err := os.MkdirAll(s.Folder, 0o700); err != nil {
		return "", err
	}
	// CreateTemp lets only the owner read the file, and picks a name that
	// nobody else has: several checks may run at the same time.
	f, err := os.CreateTemp(s.Folder, e.Started.UTC().Format(stamp)+"-*"+unwritten)
	if err != nil {
		return "", err
	}
	err = errors.Join(e.Save(f), f.Close())
	file := strings.TrimSuffix(f.Name(), unwritten) + ending
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return file, s.prune()
}

// Newest goes through the results, the last one first. A file that cannot be
// read comes as a *DamagedError beside the zero Result. A folder that cannot
// be read comes as another error, and ends it; one that does not exist is
// empty.
func (s Store) Newest() iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		files, err := s.files(ending)
		if err != nil {
			yield(Result{}, err)
			return
		}
		for _, file := range slices.Backward(files) {
			e, err := readFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				continue // removed meanwhile, as too old
			}
			if err != nil {
				if !yield(Result{}, &DamagedError{File: file, Err: err}) {
					return
				}
				continue
			}
			if !yield(Result{File: file, Examination: e}, nil) {
				return
			}
		}
	}
}

// files lists the files of ours with an ending, the oldest first.
func (s Store) files(ending string) ([]string, error) {
	if s.Folder == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(s.Folder) // sorted by name
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && isStamped(entry.Name()) && filepath.Ext(entry.Name()) == ending {
			files = append(files, filepath.Join(s.Folder, entry.Name()))
		}
	}
	return files, nil
}

// isStamped tells whether a name begins as the names of results do. Anything
// else in the folder is not ours to read or to remove.
func isStamped(name string) bool {
	if len(name) < len(stamp) {
		return false
	}
	_, err := time.Parse(stamp, name[:len(stamp)])
	return err == nil
}

// prune removes the oldest results that are too many, and what was never
// finished. What cannot be read is not removed: it may have been made by a
// newer version, or matter to somebody.
func (s Store) prune() error {
	files, err := s.files(ending)
	if err != nil {
		return err
	}
	surplus := len(files) - Limit
	for _, file := range files {
		if surplus <= 0 {
			break
		}
		if _, err := readFile(file); err != nil {
			continue
		}
		if err := remove(file); err != nil {
			return err
		}
		surplus--
	}
	parts, err := s.files(unwritten)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if info, err := os.Stat(part); err != nil || time.Since(info.ModTime()) < abandoned {
			continue
		}
		if err := remove(part); err != nil {
			return err
		}
	}
	return nil
}

// remove removes a file, which another run may have done just before.
func remove(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func readFile(file string) (*probe.Examination, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return report.ReadExamination(content)
}
