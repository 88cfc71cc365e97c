package report

import (
	"fmt"
	"io"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/probe/ftp"
	"ftpdiag/probe/programs"
	"ftpdiag/report/remedies"
	"ftpdiag/report/term"
)

// programColumn is where what is said about a program begins.
const programColumn = 23

// detailColumn is where each thing that is set begins.
const detailColumn = 4

// WritePrograms lists how the FTP programs of a computer are set. With the
// report of a check (nil: without) it says which of them cannot work with that
// server, and what to change.
func WritePrograms(w io.Writer, list []programs.Program, last *Report, st term.Style) error {
	p := newPage(w, st)
	p.strong("FTP programs on this computer and how they are set. Nothing was changed.")
	p.print("")
	if len(list) == 0 {
		p.block("", "None of the programs that ftpdiag knows was found.", 2)
	}
	clashing := 0
	for i := range list {
		if p.program(&list[i], last) {
			clashing++
		}
	}
	p.print("")
	if last == nil {
		p.block("", "After a check this page also says what does not work with that server.", 0)
	} else {
		compared := "Compared with the check of " + last.story.plainly("{host}") + " (" + last.Result() + "): "
		untested := last.story.active.Status == probe.Untested && last.story.passive.Status == probe.Untested
		switch {
		case untested:
			compared += "it tested no mode."
		case last.Verdict.Mode == 0:
			compared += "it found no mode that works."
		case clashing == 0:
			compared += "no setting stands against it."
		case clashing == 1:
			compared += "one program must be changed for it."
		default:
			compared += fmt.Sprint(clashing) + " programs must be changed for it."
		}
		p.block("", compared, 0)
	}
	p.block("", "Not seen from here: options on a command line, and what scripts set themselves.", 0)
	return p.flush(w)
}

// program writes about one program, and tells whether it cannot work with the
// server.
func (p *page) program(program *programs.Program, last *Report) bool {
	mode, by := program.Passive()
	text := modeWords(mode)
	if by == nil {
		text = defaultWords(program) + " (its default)"
	}
	name := programName(program.ID)
	column := max(programColumn, cells(name)+4)
	lead := "  " + p.paint(term.Strong, name) + strings.Repeat(" ", column-2-cells(name))
	for _, line := range wrap(text, p.width-column, 0, "") {
		p.print(lead + line)
		lead = strings.Repeat(" ", column)
	}
	for i := range program.Settings {
		p.block("", placeWords(&program.Settings[i]), detailColumn)
	}
	for _, problem := range program.Problems {
		p.marked(MarkCaution, problemWords(problem))
	}
	if last == nil {
		return false
	}
	found := last.story.clashes(program)
	for _, x := range found {
		p.marked(MarkBad, upperFirst(x.text)+". "+changeWords(x))
	}
	return len(found) > 0
}

// marked writes a text behind a sign.
func (p *page) marked(m Mark, text string) {
	if p.ascii {
		text = toASCII(text)
	}
	lead := strings.Repeat(" ", detailColumn) + p.mark(m) + " "
	for _, line := range wrap(keepTogether(text, nil), p.width-detailColumn-2, 0, "") {
		p.print(lead + line)
		lead = strings.Repeat(" ", detailColumn+2)
	}
}

// mostText is how many characters of a value or a name are shown.
const mostText = 60

// cleanText is a text from somebody's file as it may be shown.
func cleanText(s string) string {
	s = ftp.Clean(s)
	if runes := []rune(s); len(runes) > mostText {
		s = string(runes[:mostText]) + "..."
	}
	return s
}

// placeWords is a setting with the place where it stands.
func placeWords(s *programs.Setting) string {
	text := where(s.Place, s.Line) + ": " + cleanText(s.Name)
	if s.Value != "" {
		text += " = " + cleanText(s.Value)
	}
	text += " (" + meaning(s)
	switch {
	case s.Here:
		text += ", for this server: " + cleanText(s.Site)
	case s.Sites == 1:
		text += ", for one other server"
	case s.Sites > 1:
		text += fmt.Sprintf(", for %d other servers", s.Sites)
	}
	return text + ")"
}

// where is a place with the line.
func where(place string, line int) string {
	place = ftp.Clean(place)
	if line > 0 {
		place += fmt.Sprintf(" line %d", line)
	}
	return place
}

// meaning is what a setting brings about.
func meaning(s *programs.Setting) string {
	choose := func(on, off string) string {
		if s.On {
			return on
		}
		return off
	}
	switch s.Aspect {
	case programs.Mode:
		switch {
		case s.Passive == programs.Absent:
			return "leaves the mode to the other setting"
		case s.Value == "":
			if s.Passive == programs.Unclear {
				return "not set: the mode depends on the version of Windows"
			}
		case s.Shipped:
			return modeWords(s.Passive) + "; came with the system"
		}
		return modeWords(s.Passive)
	case programs.EPSV:
		return choose("EPSV first", "PASV only")
	case programs.Address:
		return choose("goes to the address in the PASV answer", "ignores the address in the PASV answer")
	case programs.Proxy:
		return choose("goes through a proxy, which was not checked", "no proxy")
	case programs.TLS:
		return choose("with TLS", "without TLS")
	default:
		return ""
	}
}

// modeWords are the words for a mode.
func modeWords(mode programs.Passive) string {
	switch mode {
	case programs.Yes:
		return "passive mode"
	case programs.No:
		return "active mode"
	case programs.Auto:
		return "passive mode, then active mode"
	case programs.Unclear, programs.Absent:
	}
	return "mode not known"
}

// defaultWords are the catalogue's words for what a program does by itself.
func defaultWords(p *programs.Program) string {
	if c := remedies.Find(p.ID); c != nil && p.Default == programs.Absent {
		return c.Default
	}
	return modeWords(p.Default)
}

// programName is what people call a program.
func programName(id string) string {
	if c := remedies.Find(id); c != nil {
		return c.Name
	}
	return "FreeBSD " + cleanText(id) // the only one without FTP settings of its own
}

// problemWords says what could not be used, and never what stands there.
func problemWords(x programs.Problem) string {
	place := where(x.Place, x.Line)
	switch x.Trouble {
	case programs.Unreadable:
		return place + ": may not be read"
	case programs.NotAFile:
		return place + ": is not an ordinary file"
	case programs.TooLarge:
		return place + fmt.Sprintf(": is larger than %d MiB, and was not read", programs.Limit>>20)
	case programs.Malformed:
		return place + ": cannot be understood from here on"
	case programs.Encrypted:
		return place + ": is encrypted, and was not read"
	case programs.BadValue:
		return place + ": the value of " + cleanText(x.Name) + " is none that the program knows"
	default:
		return place
	}
}
