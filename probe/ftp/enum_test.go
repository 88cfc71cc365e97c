package ftp

import (
	"encoding"
	"fmt"
	"testing"
)

// checkNames: every value has a name of its own that reads back, a value outside
// has the name of zero, and an unknown name is an error.
func checkNames[E ~uint8, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, names []string) {
	t.Helper()
	seen := make(map[string]bool)
	for i := range names {
		e := E(i)
		text, err := any(e).(encoding.TextMarshaler).MarshalText()
		if err != nil || len(text) == 0 || seen[string(text)] {
			t.Errorf("%T %d: name %q, %v", e, i, text, err)
		}
		seen[string(text)] = true
		var back E
		if err := P(&back).UnmarshalText(text); err != nil || back != e {
			t.Errorf("%T %d: %q reads back as %d, %v", e, i, text, back, err)
		}
	}
	if outside := fmt.Sprint(any(E(255))); outside != names[0] {
		t.Errorf("%T 255 is %q, want %q", E(0), outside, names[0])
	}
	var e E
	if err := P(&e).UnmarshalText([]byte("no such name")); err == nil {
		t.Errorf("%T reads an unknown name as %d", e, e)
	}
}

func TestNames(t *testing.T) {
	checkNames[Quirk](t, quirkNames[:])
	checkNames[Meaning](t, meaningNames[:])
	checkNames[Protocol](t, protocolNames[:])
}

func TestCodeClasses(t *testing.T) {
	classes := []func(Code) bool{Code.Preliminary, Code.Completion, Code.Intermediate, Code.Transient, Code.Permanent}
	for code, class := range map[Code]int{0: -1, 150: 0, 226: 1, 331: 2, 425: 3, 550: 4, 631: -1, 99: -1} {
		for i, is := range classes {
			if is(code) != (i == class) {
				t.Errorf("%d: class %d is %v", code, i+1, is(code))
			}
		}
		if code.Positive() != (class >= 0 && class < 3) || code.Negative() != (class >= 3) {
			t.Errorf("%d: positive %v, negative %v", code, code.Positive(), code.Negative())
		}
	}
}
