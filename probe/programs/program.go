package programs

import "fmt"

// Passive is whether a program uses passive mode. Zero: nothing says so.
type Passive uint8

const (
	Absent  Passive = iota // nothing is set, or nothing is known
	Yes                    // passive mode
	No                     // active mode
	Auto                   // passive mode, and active mode where that fails
	Unclear                // something is set, but what follows cannot be told from here
)

var passiveNames = [...]string{"absent", "yes", "no", "auto", "unclear"}

// String is the name of the value.
func (p Passive) String() string { return nameOf(p, passiveNames[:]) }

// Aspect is what a setting is about. Zero: not known; no setting has it.
type Aspect uint8

const (
	Mode    Aspect = iota + 1 // passive or active mode
	EPSV                      // whether EPSV is used (first)
	Address                   // whether the address in the PASV answer is used as it is
	Proxy                     // whether connections go through a proxy
	TLS                       // whether connections are encrypted
)

var aspectNames = [...]string{"", "mode", "epsv", "address", "proxy", "tls"}

// String is the name of the value.
func (a Aspect) String() string { return nameOf(a, aspectNames[:]) }

// Setting is one thing that is set. Its texts are as they stand in the file:
// whoever shows them must clean them.
type Setting struct {
	Aspect Aspect
	Name   string // as the program calls it
	// Value is what it is set to. Empty: the name says it all, nothing is set,
	// or, as with every proxy, it is nobody's business.
	Value string
	Place string // file, registry key or "environment"; short, the home folder is ~
	Line  int    // in the file; 0: not known, or no file with lines

	Passive Passive // of Mode
	On      bool    // of the other aspects

	// Sites is the number of servers that it holds for. 0: for all that have no
	// setting of their own.
	Sites int
	// Here tells that it is for the server that Read was asked about, and Site
	// what the program calls that server's entry.
	Here bool
	Site string
	// Shipped tells that it came with the system: nobody chose it here.
	Shipped bool
}

// Trouble is why something could not be used. Zero: not known; no problem has
// it.
type Trouble uint8

const (
	Unreadable Trouble = iota + 1 // the system refuses to read it
	NotAFile                      // a folder, device, pipe or socket
	TooLarge                      // more than Limit
	Malformed                     // not what the program writes
	Encrypted                     // by the program, with a password
	BadValue                      // a value that the program does not know
)

var troubleNames = [...]string{"", "unreadable", "not-a-file", "too-large", "malformed", "encrypted", "bad-value"}

// String is the name of the value.
func (t Trouble) String() string { return nameOf(t, troubleNames[:]) }

// Problem is something that could not be used. It holds nothing of the content
// but the name of a setting.
type Problem struct {
	Trouble Trouble
	Place   string // as in Setting
	Line    int    // 0: not known, or the whole file
	Name    string // the setting, with BadValue
}

// Program is one FTP program or library that is on this computer, or has left
// its settings there.
type Program struct {
	ID       string    // curl, filezilla, winscp, ...
	Default  Passive   // what it does if nothing is set
	Settings []Setting // as the program reads them: of two for the same servers, the later one counts
	Problems []Problem
}

// Passive is what holds for servers without a setting of their own, and the
// setting that says so; nil if that is the default.
func (p *Program) Passive() (Passive, *Setting) {
	mode, by := p.Default, (*Setting)(nil)
	for i := range p.Settings {
		if s := &p.Settings[i]; s.Aspect == Mode && s.Sites == 0 && s.Passive != Absent {
			mode, by = s.Passive, s
		}
	}
	return mode, by
}

func nameOf[T ~uint8](v T, names []string) string {
	if int(v) < len(names) {
		return names[v]
	}
	return fmt.Sprint(uint8(v))
}
