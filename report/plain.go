package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WritePlain writes one fact per line, "name: value", for screen readers, grep
// and terminals that can do nothing else.
func (r *Report) WritePlain(w io.Writer) error {
	c := r.story
	out := bufio.NewWriter(w)
	line := func(name, value string) { fmt.Fprintf(out, "%s: %s\n", name, value) }
	server := c.plainly("{host}")
	if addr := addrText(c.server()); addr != "" && addr != server {
		server += " (" + addr + ")"
	}
	line("server", server+" port "+c.plainly("{port}"))
	line("user", c.plainly("{user}"))
	line("result", r.Result())
	line("passive mode required", r.required())
	line("summary", r.Headline)
	if c.drawable() {
		for _, row := range c.rows() {
			from, to := "this computer", "server"
			if row.back {
				from, to = to, from
			}
			line(lowerLabel(row.label), strings.ToLower(row.word)+", "+from+" to "+to)
		}
	}
	for _, reason := range r.Why {
		line("why", sentences(reason.Lead, reason.Text))
	}
	for _, t := range r.todo() {
		line("do, "+lowerFirst(t.title), t.text)
	}
	return out.Flush()
}

// lowerLabel writes a row's label in lower case, except names of commands.
func lowerLabel(label string) string {
	if label == strings.ToUpper(label) {
		return label
	}
	return lowerFirst(label)
}

// Result is the badge as part of a sentence: "use passive mode (EPSV)".
func (r *Report) Result() string { return spoken(r.Badge) }

// spoken writes capitals as part of a sentence, except names.
func spoken(capitals string) string {
	text := strings.ToLower(capitals)
	for _, name := range []string{"EPSV", "FTP"} {
		text = strings.ReplaceAll(text, strings.ToLower(name), name)
	}
	return text
}
