package scenarios

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// field takes the value of one key. arg is what stands behind the first word
// of the key ("method epsv: works" has the arg "epsv").
type field func(arg, value string) error

// fields are the keys of one section.
type fields map[string]field

// The sections of a file. All but scenario and expect may be missing.
const (
	sectionScenario = "scenario"
	sectionExpect   = "expect"
	sectionNetwork  = "network"
	sectionTarget   = "target"
	sectionServer   = "server"
	sectionListing  = "listing"
)

// parse reads a scenario file. An error names the file and the line.
func parse(file string, data []byte) (*Scenario, error) {
	name, err := nameOf(file)
	if err != nil {
		return nil, err
	}
	s := &Scenario{Name: name, file: file, Within: defaultWithin}
	s.defaults()
	known := map[string]fields{
		sectionScenario: s.scenarioFields(),
		sectionExpect:   s.expectFields(),
		sectionNetwork:  s.networkFields(),
		sectionTarget:   s.targetFields(),
		sectionServer:   s.serverFields(),
	}
	var section string
	for i, text := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if name, is := marker(text); is {
			section = name
			if known[section] == nil && section != sectionListing {
				return nil, fmt.Errorf("%s:%d: unknown section %q (%s, %s)", file, i+1, section,
					strings.Join(slices.Sorted(maps.Keys(known)), ", "), sectionListing)
			}
			if section == sectionListing {
				s.server.listing = nil
			}
			continue
		}
		if section == sectionListing {
			s.server.listing = append(s.server.listing, text+"\r\n"...)
			continue
		}
		if err := known[section].read(text); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
	}
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return s, nil
}

// marker tells whether the line begins a section, as in the txtar format:
// "-- name --". The format's own package is of no use here: it forgets the
// numbers of the lines, and they are what a person needs who made a mistake.
func marker(text string) (name string, is bool) {
	name, is = strings.CutPrefix(text, "-- ")
	if !is {
		return "", false
	}
	name, is = strings.CutSuffix(strings.TrimRight(name, " "), " --")
	return strings.TrimSpace(name), is
}

// read takes one line "key: value". Blank lines and lines that begin with #
// are for people.
func (fs fields) read(text string) error {
	if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "#") {
		return nil
	}
	if fs == nil {
		return fmt.Errorf("%q stands before the first section", text)
	}
	key, value, found := strings.Cut(text, ": ") // a colon alone may belong to an IPv6 address
	if !found {
		return fmt.Errorf("%q is not \"key: value\"", text)
	}
	key, arg, _ := strings.Cut(strings.TrimSpace(key), " ")
	set, known := fs[key]
	if !known {
		return fmt.Errorf("unknown key %q (%s)", key, strings.Join(slices.Sorted(maps.Keys(fs)), ", "))
	}
	if err := set(arg, strings.TrimSpace(value)); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// check looks for what is missing.
func (s *Scenario) check() error {
	switch {
	case s.Summary == "":
		return fmt.Errorf("the section scenario lacks a summary")
	case s.Priority == "":
		return fmt.Errorf("the section scenario lacks a priority")
	case s.Verdict == "":
		return fmt.Errorf("the section expect lacks a verdict")
	case s.loopback && !s.fitsLoopback():
		return fmt.Errorf("loopback cannot carry it: it has NAT, IPv6, names or rules for single ports")
	}
	return nil
}
