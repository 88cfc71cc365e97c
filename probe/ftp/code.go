package ftp

// Code is the three-digit number that begins a reply (RFC 959 section 4.2).
// Zero means that no code could be read.
type Code int

// The classes of RFC 959 section 4.2.1. The first digit alone tells how a
// command went; servers disagree about the others too often to decide by them.

// Preliminary tells whether the code is 1yz: another reply follows.
func (c Code) Preliminary() bool { return c/100 == 1 }

// Completion tells whether the code is 2yz: the command is done.
func (c Code) Completion() bool { return c/100 == 2 }

// Intermediate tells whether the code is 3yz: another command is expected.
func (c Code) Intermediate() bool { return c/100 == 3 }

// Transient tells whether the code is 4yz: refused, may work later.
func (c Code) Transient() bool { return c/100 == 4 }

// Permanent tells whether the code is 5yz: refused.
func (c Code) Permanent() bool { return c/100 == 5 }

// Positive tells whether the code is 1yz, 2yz or 3yz.
func (c Code) Positive() bool { return c >= 100 && c < 400 }

// Negative tells whether the code is 4yz or 5yz. Zero is neither positive nor
// negative, and so are the protected replies 6yz (RFC 2228), which nobody gets
// who did not ask for them.
func (c Code) Negative() bool { return c >= 400 && c < 600 }

// codeOf reads the code at the start of a line and says whether there is one.
// A fourth digit means that the line is no reply but a number.
func codeOf(line []byte) (Code, bool) {
	if len(line) < 3 || line[0] < '1' || line[0] > '6' || !digit(line[1]) || !digit(line[2]) {
		return 0, false
	}
	if len(line) > 3 && digit(line[3]) {
		return 0, false
	}
	return Code(line[0]-'0')*100 + Code(line[1]-'0')*10 + Code(line[2]-'0'), true
}

func digit(b byte) bool { return b >= '0' && b <= '9' }
