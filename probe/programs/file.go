package programs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"unicode/utf16"
)

// Limit is the size in bytes up to which a file is read. The largest ones, site
// managers, take about a kilobyte for each server.
const Limit = 1 << 20

// openNow opens a file for reading without waiting: a pipe would make an
// ordinary opening wait for somebody to write. (Windows ignores the flag, and
// has no pipes among its files.)
func openNow(path string) (fs.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// text reads a file whole, and decodes what its first bytes say about its
// encoding. It returns false if the file is missing, or if it cannot be used:
// then the program has a problem more.
func (c *Computer) text(p *Program, path string) (string, bool) {
	if path == "" || c.Stat == nil || c.Open == nil {
		return "", false
	}
	trouble := func(t Trouble) (string, bool) {
		p.Problems = append(p.Problems, Problem{Trouble: t, Place: c.short(path)})
		return "", false
	}
	info, err := c.Stat(path)
	switch {
	case missing(err):
		return "", false
	case err != nil:
		return trouble(Unreadable)
	case !info.Mode().IsRegular(): // to open a device may already do something
		return trouble(NotAFile)
	}
	file, err := c.Open(path)
	switch {
	case missing(err):
		return "", false
	case err != nil:
		return trouble(Unreadable)
	}
	defer func() { _ = file.Close() }() // it was only read
	// Looked at again: it may have been exchanged in between.
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return trouble(NotAFile)
	}
	content, err := io.ReadAll(io.LimitReader(file, Limit+1))
	switch {
	case err != nil:
		return trouble(Unreadable)
	case len(content) > Limit:
		return trouble(TooLarge)
	}
	return decode(content), true
}

// missing tells whether there is no such file: also where something on the way
// to it is no folder.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// decode turns UTF-16 with a byte order mark, as Windows programs write it, into
// UTF-8, and drops the mark.
func decode(content []byte) string {
	s := string(content)
	little, big := strings.HasPrefix(s, "\xff\xfe"), strings.HasPrefix(s, "\xfe\xff")
	if !little && !big {
		return strings.TrimPrefix(s, "\ufeff")
	}
	var units []uint16
	for i := 2; i+1 < len(s); i += 2 {
		low, high := s[i], s[i+1]
		if big {
			low, high = high, low
		}
		units = append(units, uint16(high)<<8|uint16(low))
	}
	return string(utf16.Decode(units))
}

// lines goes through the lines of a text by their numbers, without their ends.
func lines(text string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		n := 0
		for line := range strings.Lines(text) {
			n++
			if !yield(n, strings.TrimRight(line, "\r\n")) {
				return
			}
		}
	}
}
