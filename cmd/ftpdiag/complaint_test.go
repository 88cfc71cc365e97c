package main

import (
	"strings"
	"testing"
)

// A path that is too long keeps the name of the file, and its last folders.
func TestQuotePathKeepsTheEnd(t *testing.T) {
	folders := strings.Repeat("/department", 9)
	long := strings.Repeat("x", 70) + ".json"
	for path, want := range map[string]string{
		"result.json":                     `"result.json"`,
		folders + "/result.json":          `".../department/department/department/department/result.json"`,
		folders + "/" + long:              `"...` + long[len(long)-57:] + `"`,
		folders + "/\x1b" + long[24:]:     `"...` + `/\x1b` + long[24:] + `"`,
		strings.Repeat("\x9b", 100) + "/": `"...` + strings.Repeat(`\x9b`, 14) + `/"`,
	} {
		got := quotePath(path)
		if got != want {
			t.Errorf("%q is %s, want %s", path, got, want)
		}
		if len(got) > quotedWidth+2 {
			t.Errorf("%s is too long", got)
		}
	}
}
