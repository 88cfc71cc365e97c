package programs

import (
	"errors"
	"io/fs"
	"slices"
)

// Registry reads the part of the Windows registry that belongs to the person
// (HKEY_CURRENT_USER). What does not exist is no error but empty.
type Registry interface {
	// Keys lists the keys right below a key.
	Keys(key string) ([]string, error)
	// Value reads one value of a key.
	Value(key, name string) (Value, error)
}

// Value is a value of the registry. Zero: there is none.
type Value struct {
	Text   string // a number in decimal
	Number bool   // it is a number, not a text
}

// unread notes once that the registry refuses to be read.
func (p *Program) unread(err error, key string) {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return
	}
	problem := Problem{Trouble: Unreadable, Place: `HKCU\` + key}
	if !slices.Contains(p.Problems, problem) {
		p.Problems = append(p.Problems, problem)
	}
}
