package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"ftpdiag/report/term"
)

// writeMarkdown writes the report for a ticket or a mail: Markdown that also
// reads well as it is, in ASCII because nobody knows what it will pass
// through, a paragraph on one line each. Replies stand only between backticks.
// When verbose the details are added.
func (r *Report) writeMarkdown(w io.Writer, st term.Style) error {
	c := r.story
	out := bufio.NewWriter(w)
	line := func(format string, a ...any) { fmt.Fprintf(out, format+"\n", a...) }
	row := func(name, value string) {
		if value != "" {
			line("| %s | %s |", name, value)
		}
	}
	host := markdownText(c.plainly("{host}"))

	line("%s%s - %s\n", markdownMark, host, markdownText(r.Result()))
	line("**%s**\n", r.markdown(r.Headline))
	line("| | |\n|---|---|")
	row(Question, markdownText(spoken(r.Answer)))
	server := host
	if addr := addrText(c.server()); addr != "" && addr != c.plainly("{host}") {
		server += " (" + addr + ")"
	}
	row("Server", server+" port "+c.plainly("{port}"))
	row("This computer", addrText(c.client()))
	row("User", markdownText(c.plainly("{user}")))
	row("Checked", r.checked()+", took "+span(r.Examination.Took))
	row("Confidence", r.Verdict.Confidence.String())

	if len(r.Why) > 0 {
		line("\n### What was seen\n")
		for _, reason := range r.Why {
			line("- %s", r.markdown(sentences(reason.Lead, reason.Text)))
		}
	}
	line("\n### Please do\n")
	for _, t := range r.todo() {
		line("- **%s:** %s", addressee(t.title), r.markdown(t.text, t.commands...))
		if more := t.more(); len(more) > 0 {
			fence := fenceFor(strings.Join(more, "\n"))
			line("\n  %s\n  %s\n  %s\n", fence, toASCII(strings.Join(more, "\n  ")), fence)
		}
	}
	if st.Verbose > 0 {
		line("\n### Details\n")
		for _, d := range c.detailRows(st.Verbose) {
			line("- %s: %s", d[0], r.markdown(d[1]))
		}
	}
	r.markdownDialogue(line)
	line("%s", r.madeBy(markdownText))
	return out.Flush()
}

// markdownDialogue writes the timeline as a block of code.
func (r *Report) markdownDialogue(line func(string, ...any)) {
	lines := r.dialogue()
	if len(lines) == 0 {
		line("")
		return
	}
	whole, who := "", 0
	for _, s := range lines {
		whole += s.text + "\n"
		who = max(who, len(s.who))
	}
	fence := fenceFor(whole)
	line("\n### FTP dialogue (%s)\n\n%s", r.legend(), fence)
	for _, s := range lines {
		text := fmt.Sprintf("%9s  %-*s  %s", s.at, who, s.who, toASCII(s.text))
		if s.broken {
			text += "   " + breakMark
		}
		line("%s", strings.TrimRight(text, " "))
	}
	line("%s\n", fence)
}

// fenceFor is what begins and ends a block of code that nothing in it can end
// (CommonMark 4.5).
func fenceFor(code string) string {
	const shortest = 3
	return strings.Repeat("`", max(shortest, longestRun(code, '`')+1))
}

// addressee is how a person is called who reads a ticket.
func addressee(title string) string {
	if title == User.Title() {
		return "User"
	}
	return title
}

// madeBy is the last line, with the version escaped as the page needs it. In
// Markdown it marks the text as ours, see MadeHere.
func (r *Report) madeBy(escape func(string) string) string {
	numbers := r.story.shownNumbers()
	found := ""
	switch len(numbers) {
	case 0:
	case 1:
		found = ", finding " + numbers[0]
	default:
		found = ", findings " + join(numbers)
	}
	return madeBy + escape(r.version()) + found + ". Passwords are never included."
}

// markdown writes a sentence with the replies and commands in it as code.
func (r *Report) markdown(sentence string, commands ...string) string {
	var b strings.Builder
	for _, p := range r.pieces(sentence, commands...) {
		if p.Code {
			b.WriteString(codeSpan(p.Text))
		} else {
			b.WriteString(markdownText(p.Text))
		}
	}
	return b.String()
}

// markdownText escapes what Markdown or the HTML within it would take for its
// own (CommonMark 2.4; the bar ends a table's cell).
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>&|~#", r) {
			b.WriteByte('\\')
		}
		b.WriteString(asciiForm(r))
	}
	return b.String()
}

// codeSpan writes a text as code: between more backticks than any within it
// (CommonMark 6.1).
func codeSpan(s string) string {
	s = toASCII(s)
	ticks := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// longestRun is the length of the longest run of a character.
func longestRun(s string, of byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != of {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
