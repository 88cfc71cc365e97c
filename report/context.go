package report

import (
	"strings"

	"ftpdiag/probe/programs"
)

// Context is what the facts do not tell and the report needs for the commands
// that it offers. Zero: a check of a server that left nothing behind.
type Context struct {
	// Demo is the case of a practice server, which is gone after the check:
	// its address is of no use to anybody.
	Demo string
	// Kept tells that the result can be had again without another check.
	Kept bool
	// Result is the word by which show and ticket find it. Empty: it is the
	// last one.
	Result string
	// Meant is the name of a server that was probably meant where the one
	// given does not exist. Empty: none is known.
	Meant string
	// Programs are the FTP programs of the person's computer. What somebody has
	// set there and does not work with this server is told; nil: not read.
	Programs []programs.Program
}

// WithContext words anew what depends on the context, and returns the report.
func (r *Report) WithContext(c Context) *Report {
	r.story.context = c
	r.Actions = r.story.actions()
	return r
}

// offers are the commands that lead on from here, with what they bring. They
// are told below the report, and no line breaks within one.
func (c *story) offers() (line string, commands []string) {
	var parts []string
	offer := func(remark string, words ...string) {
		command := strings.Join(words, " ")
		commands = append(commands, command)
		parts = append(parts, strings.TrimRight(command+" "+remark, " "))
	}
	again := func(command string, options ...string) []string {
		words := []string{"ftpdiag", command}
		if c.context.Result != "" {
			words = append(words, shellQuote(c.context.Result))
		}
		if c.redacted {
			options = append(options, "--redact")
		}
		return append(words, options...)
	}
	explain := c.primary().Code != 0
	switch {
	case c.context.Kept:
		offer("", again("show", "-v")...)
		offer("(text to send)", again("ticket")...)
	case c.context.Demo != "":
		offer("(the whole dialogue)", "ftpdiag", "demo", shellQuote(c.context.Demo), "-v")
	case c.redacted: // the server's name is not told
	default:
		offer("(the whole dialogue)", c.command("-v"))
		explain = false // a long name fills the line
	}
	if explain {
		offer("", "ftpdiag", "explain", c.primary().Code.Number())
	}
	if len(parts) == 0 {
		return "", nil
	}
	return "More: " + strings.Join(parts, ", "), commands
}
