package main

import (
	"regexp"
	"strings"

	"github.com/spf13/pflag"
)

// manualTopic is the page of `ftpdiag help` that prints the manual page.
const manualTopic = "manual"

// environmentHelp are the variables that the program heeds, and what for.
var environmentHelp = [][2]string{
	{"FTPDIAG_NO_SAVE", "1: keep no result, as --no-save does"},
	{"XDG_STATE_HOME", "where the folder ftpdiag with the saved results is"},
	{"NETRC", "the file for --netrc [.netrc in the home folder, _netrc on Windows]"},
	{"COLUMNS", "the line length where there is no window"},
	{"NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM", "colour, see ftpdiag help color"},
	{"LC_ALL, LC_CTYPE, LANG", "whether symbols beyond ASCII can be shown"},
}

// manual is the manual page in the language of man (groff_man(7)). It is made
// of the same texts and options as the help, so that they cannot differ.
func (a *app) manual() string {
	m := &roff{}
	m.line(`.\" Made by: ftpdiag help manual > ftpdiag.1`)
	m.line(".TH FTPDIAG 1")
	m.section("NAME")
	m.text(`ftpdiag - tell whether passive mode is required to reach an FTP server`)
	purpose, rest, _ := strings.Cut(mainHelpHead, "\n\n")
	examples, table, _ := strings.Cut(rest, "\n\nCommands\n")
	rows := twoColumns(table)

	m.section("SYNOPSIS")
	for _, c := range rows {
		m.line(".B ftpdiag")
		m.text(c[0] + " [OPTION]...")
		m.line(".br")
	}
	m.section("DESCRIPTION")
	m.text(purpose)
	m.section("COMMANDS")
	for _, c := range rows {
		m.item(c[0], c[1])
	}
	m.section("OPTIONS")
	m.text(strings.TrimSpace(strings.Split(mainHelpFoot, "\n\n")[0]))
	seen := map[string]bool{}
	for _, command := range commands {
		for _, g := range a.pages[command] {
			m.options(g, seen)
		}
	}
	m.section("EXAMPLES")
	m.verbatim(strings.TrimPrefix(examples, "Examples\n"))
	for _, page := range []struct{ title, topic string }{{"EXIT STATUS", "exit-codes"}, {"FILES AND PRIVACY", "privacy"}} {
		text, err := topic(page.topic)
		if err != nil {
			panic(err) // it is part of the program
		}
		_, body, _ := strings.Cut(text, "\n\n") // its own title
		m.section(page.title)
		m.verbatim(body)
	}
	m.section("ENVIRONMENT")
	for _, v := range environmentHelp {
		m.item(v[0], v[1])
	}
	m.section("MORE")
	m.text("One page each, on any system: ftpdiag help " + strings.Join(topics, ", ftpdiag help ") + ".")
	return m.b.String()
}

// twoColumns reads a table of the help: a name, two blanks or more, and a text
// that may go on below.
func twoColumns(table string) [][2]string {
	var rows [][2]string
	for line := range strings.Lines(table) {
		line = strings.TrimSuffix(line, "\n")
		name, text, ok := strings.Cut(strings.TrimSpace(line), "  ")
		switch {
		case strings.HasPrefix(line, "   ") && len(rows) > 0: // more of the text above
			rows[len(rows)-1][1] += " " + strings.TrimSpace(line)
		case ok:
			rows = append(rows, [2]string{name, strings.TrimSpace(text)})
		}
	}
	return rows
}

// roff writes the language of man.
type roff struct{ b strings.Builder }

func (m *roff) line(s string) { m.b.WriteString(s + "\n") }

func (m *roff) section(title string) { m.line(".SH " + title) }

// text writes running text. No line may begin with a dot or a quote, which
// would be a command.
func (m *roff) text(s string) {
	for line := range strings.Lines(s) {
		m.line(roffEscape(strings.TrimSpace(line)))
	}
}

// verbatim writes text as it is.
func (m *roff) verbatim(s string) {
	m.line(".nf")
	for line := range strings.Lines(strings.Trim(s, "\n")) {
		m.line(roffEscape(strings.TrimSuffix(line, "\n")))
	}
	m.line(".fi")
}

// item writes a term and what it means.
func (m *roff) item(term, text string) {
	m.line(".TP")
	m.line(".B " + roffEscape(term))
	m.text(text)
}

// options writes a group, without the options that stand in another already.
// One of the same name that does something else is another option.
func (m *roff) options(g optionGroup, seen map[string]bool) {
	titled := false
	g.flags.VisitAll(func(f *pflag.Flag) {
		if seen[f.Name+f.Usage] {
			return
		}
		seen[f.Name+f.Usage] = true
		if !titled {
			m.line(".SS " + g.title)
			titled = true
		}
		m.item(optionHead(f), f.Usage)
	})
}

// optionHead is an option as the help and the manual list it.
func optionHead(f *pflag.Flag) string {
	head := "--" + f.Name
	if f.Shorthand != "" {
		head = "-" + f.Shorthand + ", " + head
	}
	if f.NoOptDefVal == "" {
		head += " " + f.Value.Type()
	}
	return head
}

var roffSpecial = regexp.MustCompile(`[\\-]`)

// roffEscape keeps a text what it is: a backslash begins a command, a plain
// minus may become a hyphen that no option can be copied with.
func roffEscape(s string) string {
	s = roffSpecial.ReplaceAllStringFunc(s, func(c string) string {
		if c == `\` {
			return `\e`
		}
		return `\-`
	})
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}
