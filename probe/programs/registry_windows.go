package programs

import (
	"errors"
	"strconv"

	"golang.org/x/sys/windows/registry"
)

// userRegistry reads below a key of HKEY_CURRENT_USER. Base is empty except in
// tests, which bring a part of their own; else it ends in a backslash.
type userRegistry struct{ base string }

func systemRegistry() Registry { return userRegistry{} }

// mostKeys bounds how many keys are listed: no person has more sites.
const mostKeys = 10_000

func (r userRegistry) Keys(key string) ([]string, error) {
	k, err := registry.OpenKey(registry.CURRENT_USER, r.base+key, registry.ENUMERATE_SUB_KEYS|registry.QUERY_VALUE)
	if err != nil {
		return nil, existing(err)
	}
	defer func() { _ = k.Close() }() // it was only read
	names, err := k.ReadSubKeyNames(0)
	return names[:min(len(names), mostKeys)], existing(err)
}

func (r userRegistry) Value(key, name string) (Value, error) {
	k, err := registry.OpenKey(registry.CURRENT_USER, r.base+key, registry.QUERY_VALUE)
	if err != nil {
		return Value{}, existing(err)
	}
	defer func() { _ = k.Close() }() // it was only read
	text, _, err := k.GetStringValue(name)
	if !errors.Is(err, registry.ErrUnexpectedType) {
		return Value{Text: text}, existing(err)
	}
	number, _, err := k.GetIntegerValue(name)
	if err != nil { // some third kind, which no program of ours reads
		return Value{Text: "other", Number: true}, nil
	}
	return Value{Text: strconv.FormatUint(number, 10), Number: true}, nil
}

// existing drops the error that something does not exist.
func existing(err error) error {
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	return err
}
