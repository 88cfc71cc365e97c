package report

import (
	"bytes"
	_ "embed" // the page's template and style
	"encoding/json"
	"html/template"
	"io"
	"strings"
	"sync"

	"ftpdiag/report/term"
)

//go:embed page/page.tmpl
var pageText string

//go:embed page/page.css
var pageStyle string

// pageTemplate is parsed when the first page is written: most runs write none.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(pageText))
})

// pageData is what the template shows. The template escapes every text but
// those of the types of package template.
type pageData struct {
	JSON                                      template.JS
	Style                                     template.CSS
	Version                                   string
	Host, Address, Port, User, Checked, Took  string
	Tone, Badge, Question, Answer, Confidence string
	Result, PictureTitle, Legend, MadeBy      string
	Verbose                                   bool
	Headline                                  []piece
	Pictures                                  []drawing
	Why                                       []pageReason
	Tasks                                     []pageTask
	Dialogue                                  []pageLine
	Details                                   []pageDetail
}

type pageReason struct {
	Tone, Sign, Lead string
	Text             []piece
}

type pageTask struct {
	Title string
	Text  []piece
}

type pageLine struct {
	At, Who, Text string
	Broken        bool
}

type pageDetail struct {
	Name string
	Text []piece
}

// writeHTML writes the report as one page that needs nothing else: no scripts,
// no other files. It looks like the terminal's report and holds the same
// words. The whole result stands in it as JSON, with the examination, which makes
// the page a file that can be read back (see ReadExamination). When verbose the
// details are open.
func (r *Report) writeHTML(w io.Writer, st term.Style) error {
	data, err := r.page(st)
	if err != nil {
		return err
	}
	var b bytes.Buffer // so that an error leaves nothing half-written
	if err := pageTemplate().Execute(&b, data); err != nil {
		return err
	}
	_, err = b.WriteTo(w)
	return err
}

func (r *Report) page(st term.Style) (pageData, error) {
	c := r.story
	// Marshal escapes <, > and &, so that no text can end the element.
	result, err := json.Marshal(r.wireFile())
	if err != nil {
		return pageData{}, err
	}
	d := pageData{
		JSON: template.JS(result), Style: template.CSS(pageStyle), Version: r.version(),
		Host: c.plainly("{host}"), Port: c.plainly("{port}"), User: c.plainly("{user}"),
		Checked: r.checked(), Took: span(r.Examination.Took),
		Tone: toneNames[r.Tone], Badge: upperFirst(r.Result()), Question: Question,
		Answer: upperFirst(strings.ToLower(r.Answer)), Confidence: r.Verdict.Confidence.String(),
		Result: r.Result(), Legend: r.legend(), MadeBy: r.madeBy(toASCII),
		Verbose: st.Verbose > 0, Headline: r.pieces(r.Headline),
	}
	if addr := addrText(c.server()); addr != d.Host {
		d.Address = addr
	}
	if c.drawable() {
		rows := c.rows()
		d.Pictures, d.PictureTitle = []drawing{c.draw(wide, rows), c.draw(narrow, rows)}, pictureTitle(rows)
	}
	for _, reason := range r.Why {
		d.Why = append(d.Why, pageReason{markNames[reason.Mark], markSigns[reason.Mark], reason.Lead, r.pieces(reason.Text)})
	}
	for _, t := range r.todo() {
		d.Tasks = append(d.Tasks, pageTask{t.title, r.pieces(t.text, t.commands...)})
	}
	for _, s := range r.dialogue() {
		d.Dialogue = append(d.Dialogue, pageLine{s.at, s.who, s.text, s.broken})
	}
	for _, row := range c.detailRows(max(st.Verbose, 1)) {
		d.Details = append(d.Details, pageDetail{row[0], r.pieces(row[1])})
	}
	return d, nil
}

// The classes of the style, and the signs before the reasons.
var (
	toneNames = [...]string{ToneGood: "good", ToneCaution: "caution", ToneBad: "bad"}
	markNames = [...]string{MarkGood: "good", MarkBad: "bad", MarkCaution: "caution", MarkNone: "none"}
	markSigns = [...]string{MarkGood: "✓", MarkBad: "✗", MarkCaution: "!", MarkNone: "–"}
)

// pictureTitle asks where it breaks only if it does.
func pictureTitle(rows []row) string {
	for _, row := range rows {
		if !row.good() && !row.skip {
			return "Where it breaks"
		}
	}
	return "Connections"
}
