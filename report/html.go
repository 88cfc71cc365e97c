package report

import (
	"bytes"
	_ "embed" // the page's style
	"encoding/json"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"ftpdiag/report/term"
)

//go:embed html_page.css
var pageStyle string

// writeHTML writes the report as one page that needs nothing else: no scripts,
// no other files. It looks like the terminal's report and holds the same
// words. The whole result stands in it as JSON, which makes the page a file
// that a program can read. When verbose the details are open.
func (r *Report) writeHTML(w io.Writer, st term.Style) error {
	// Marshal escapes <, > and &, so that no text can end the element.
	result, err := json.Marshal(r.wireFile())
	if err != nil {
		return err
	}
	m := &markup{}
	r.htmlHead(m)
	m.add("<body>\n<main>\n")
	r.htmlVerdict(m)
	r.htmlPicture(m)
	r.htmlWhy(m)
	r.htmlTasks(m)
	r.htmlDialogue(m)
	r.htmlDetails(m, st.Verbose)
	m.add("<footer>%s The complete result is part of this file, as JSON.</footer>\n</main>\n", r.madeBy(toASCII))
	m.add("<script type=\"application/json\" id=\"ftpdiag-result\">%s</script>\n</body>\n</html>\n", ours(result))
	_, err = m.page.WriteTo(w)
	return err
}

// markup collects a page. Package html/template would do as well, but it keeps
// the linker from leaving out what nobody calls, which makes the program a
// third larger (measured).
type markup struct{ page bytes.Buffer }

// ours is text that is markup already.
type ours string

// add formats markup. Every value but numbers and ours is escaped; the format
// must quote attributes.
func (m *markup) add(format string, values ...any) {
	for i, v := range values {
		switch v := v.(type) {
		case ours, int:
		default:
			values[i] = html.EscapeString(fmt.Sprint(v))
		}
	}
	fmt.Fprintf(&m.page, format, values...)
}

// sentence is markup for a sentence, with the replies and commands in it as
// code.
func sentence(pieces []piece) ours {
	var b strings.Builder
	for _, p := range pieces {
		text := html.EscapeString(p.Text)
		if p.Code {
			text = "<code>" + text + "</code>"
		}
		b.WriteString(text)
	}
	return ours(b.String())
}

// htmlHead begins the page. The policy forbids what the page does not need, in
// case that something was not escaped after all.
func (r *Report) htmlHead(m *markup) {
	m.add("%s%s\">\n", ours(htmlMark), r.version())
	m.add(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>FTP check: %s - %s</title>
<style>
%s</style>
</head>
`, r.story.plainly("{host}"), r.Result(), ours(pageStyle))
}

// The classes of the style, and the signs before the reasons.
var (
	toneClass = [...]string{ToneGood: "good", ToneCaution: "caution", ToneBad: "bad"}
	markClass = [...]string{MarkGood: "good", MarkBad: "bad", MarkCaution: "caution", MarkNone: "none"}
	markSign  = [...]string{MarkGood: "✓", MarkBad: "✗", MarkCaution: "!", MarkNone: "–"}
)

func (r *Report) htmlVerdict(m *markup) {
	c := r.story
	host, address := c.plainly("{host}"), ""
	if addr := addrText(c.server()); addr != "" && addr != host {
		address = " (" + addr + ")"
	}
	m.add("<h1>FTP check of <strong>%s</strong>%s port %s, user %s. %s, took %s</h1>\n",
		host, address, c.plainly("{port}"), c.plainly("{user}"), r.checked(), span(r.Examination.Took))
	m.add("<section class=\"verdict %s\">\n<p class=\"badge\">%s</p>\n<p>%s</p>\n", toneClass[r.Tone], upperFirst(r.Result()), sentence(r.pieces(r.Headline)))
	answer, sure := spoken(r.Answer), ""
	if word := r.Verdict.Confidence.String(); !strings.Contains(answer, word) { // else it would be said twice
		sure = " (" + word + ")"
	}
	m.add("<p class=\"quiet\">%s <strong>%s</strong>%s</p>\n</section>\n", Question, upperFirst(answer), sure)
}

func (r *Report) htmlWhy(m *markup) {
	if len(r.Why) == 0 {
		return
	}
	m.add("<h2>Why</h2>\n<ul class=\"why\">\n")
	for _, reason := range r.Why {
		class := markClass[reason.Mark]
		m.add("<li><span class=\"mark %s\" aria-hidden=\"true\">%s</span><span><strong class=\"%s\">%s</strong> %s</span></li>\n",
			class, markSign[reason.Mark], class, reason.Lead, sentence(r.pieces(reason.Text)))
	}
	m.add("</ul>\n")
}

func (r *Report) htmlTasks(m *markup) {
	m.add("<h2>What to do now</h2>\n<div class=\"cards\">\n")
	for _, t := range r.todo() {
		m.add("<section class=\"card\"><h3>%s</h3><p>%s</p></section>\n", t.title, sentence(r.pieces(t.text, t.commands...)))
	}
	m.add("</div>\n")
	for _, t := range r.todo() {
		if more := t.more(); len(more) > 0 {
			m.add("<h3>%s: lines to copy</h3>\n<pre class=\"box\">%s</pre>\n", t.title, strings.Join(more, "\n"))
		}
	}
}

// more lists the lines to copy that the text does not hold.
func (t task) more() []string {
	return slices.DeleteFunc(slices.Clone(t.commands), func(command string) bool { return strings.Contains(t.text, command) })
}

func (r *Report) htmlDialogue(m *markup) {
	lines := r.dialogue()
	if len(lines) == 0 {
		return
	}
	m.add("<details open>\n<summary><h2>FTP dialogue</h2></summary>\n<p class=\"quiet\">Seconds; %s.</p>\n", r.legend())
	m.add("<div class=\"box\"><table class=\"dialogue\">\n")
	for _, s := range lines {
		class, note := ours(""), ours("")
		if s.broken {
			class, note = ` class="broken"`, " <strong>← breaks here</strong>"
		}
		m.add("<tr%s><td>%s</td><td>%s</td><td>%s%s</td></tr>\n", class, s.at, s.who, s.text, note)
	}
	m.add("</table></div>\n</details>\n")
}

func (r *Report) htmlDetails(m *markup, verbose int) {
	open := ours("")
	if verbose > 0 {
		open = " open"
	}
	rows := r.story.detailRows(max(verbose, 1))
	if len(rows) == 0 {
		return
	}
	m.add("<details%s>\n<summary><h2>Details</h2></summary>\n<table class=\"details\">\n", open)
	for _, row := range rows {
		m.add("<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", row[0], sentence(r.pieces(row[1])))
	}
	m.add("</table>\n</details>\n")
}
