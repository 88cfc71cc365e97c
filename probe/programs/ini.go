package programs

import "strings"

// entry is one line "name = value" of a file with [sections].
type entry struct {
	section, name, value string
	line                 int
}

// iniEntries reads a file with sections. Lines that begin with # or ; are
// remarks. It returns the number of the first line that is neither a section,
// nor a remark, nor an entry; 0 if all are.
func iniEntries(text string) (entries []entry, bad int) {
	section := ""
	for n, line := range lines(text) {
		line = strings.TrimSpace(line)
		name, value, ok := strings.Cut(line, "=")
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && line[len(line)-1] == ']':
			section = line[1 : len(line)-1]
		case ok:
			entries = append(entries, entry{section, strings.TrimSpace(name), strings.TrimSpace(value), n})
		case bad == 0:
			bad = n
		}
	}
	return entries, bad
}
