package ftp

import "testing"

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "220 ready.", "220 ready."},
		{"UTF-8", "Gerät 日本 é 🙂", "Gerät 日本 é 🙂"},
		{"Latin-1", "Ger\xe4t", "Gerät"},
		{"not UTF-8 is Latin-1 throughout", "\xe4 é", "ä Ã©"},
		{"tab and line ends", "a\tb\r\nc", `a\tb\r\nc`},
		{"escape sequence", "\x1b[31mred\x1b]0;title\x07", `\x1b[31mred\x1b]0;title\x07`},
		{"NUL and DEL", "a\x00b\x7f", `a\x00b\x7f`},
		{"C1 as Latin-1", "a\x9b31m", `a\x9b31m`},
		{"C1 as UTF-8", "a\u009b31m", `a\x9b31m`},
		{"direction marks", "a\u200e\u200f\u061cb", `a\u200e\u200f\u061cb`},
		{"direction embeddings", "\u202a\u202b\u202c\u202d\u202e", `\u202a\u202b\u202c\u202d\u202e`},
		{"direction isolates", "\u2066\u2067\u2068\u2069", `\u2066\u2067\u2068\u2069`},
		{"byte order mark", "\ufeffa", `\ufeffa`},
		{"separators", "a\u2028b\u2029c", `a\u2028b\u2029c`},
		{"zero width", "a\u200bb\u200dc\u2060d", `a\u200bb\u200dc\u2060d`},
		{"soft hyphen", "a\u00adb", `a\xadb`},
		{"Hangul filler", "a\u3164b", `a\u3164b`},
		{"variation selector", "a\ufe0fb", `a\ufe0fb`},
		{"tag characters", "a\U000e0041b", `a\U000e0041b`},
		{"private use", "\ue000", `\ue000`},
		{"backslash stays", `C:\x1b`, `C:\x1b`},
		{"other blanks stay", "a\u00a0b\u3000c", "a\u00a0b\u3000c"},
		{"empty", "", ""},
	}
	for _, tt := range tests {
		if got := Clean(tt.in); got != tt.want {
			t.Errorf("%s: %q is shown as %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestCleanLimit(t *testing.T) {
	tests := []struct {
		in    string
		limit int
		want  string
	}{
		{"abcdef", 6, "abcdef"},
		{"abcdef", 4, "abcd... (+2 more)"},
		{"äöüß", 2, "äö... (+2 more)"},
		{"\xe4\xf6\xfc", 2, "äö... (+1 more)"},
		{"a\x1bb", 4, "a... (+2 more)"}, // an escape is never cut
		{"a\x1bb", 5, `a\x1b... (+1 more)`},
		{"abc", 0, "... (+3 more)"},
		{"abc", -1, "... (+3 more)"},
		{"", 0, ""},
	}
	for _, tt := range tests {
		if got := CleanLimit(tt.in, tt.limit); got != tt.want {
			t.Errorf("%q to %d is %q, want %q", tt.in, tt.limit, got, tt.want)
		}
	}
}
