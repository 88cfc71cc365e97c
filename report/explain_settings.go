package report

import (
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report/remedies"
	"ftpdiag/report/term"
)

// settings writes what each person sets, by program.
type settings struct {
	page   *page
	code   probe.Code
	reader Reader
	rows   int    // settings shown for one task
	cut    bool   // not all of them
	shown  string // the texts so far, for the legend
}

// personColumn is where what a person does begins.
const personColumn = 17

// person writes what one person does, and the settings for it.
func (s *settings) person(title, text string, who remedies.Who) {
	if text == "" {
		text = "Nothing."
	}
	s.shown += text + "\n"
	s.page.block("  "+title, text, personColumn)
	if text == "Nothing." {
		return
	}
	var groups [][]remedies.Entry
	asked, answered := false, false // about the reader's program
	for _, task := range remedies.Tasks(s.code.String()) {
		if task.Who != who {
			continue
		}
		entries := s.entries(task)
		if len(entries) > 0 {
			groups = append(groups, entries)
		}
		if task.Kind == remedies.Client && s.reader.Client != "" {
			asked, answered = true, answered || len(entries) > 0
		}
	}
	if asked && !answered {
		s.page.block("    "+remedies.Find(s.reader.Client).Name, "no setting for this is known", personColumn)
	}
	for i, entries := range groups {
		indent := 4
		if title := entries[0].Task.Title; i > 0 || len(groups) > 1 && !strings.HasPrefix(text, title) {
			s.page.block("", title+":", indent)
			indent += 2
		}
		s.list(entries, indent)
	}
}

// entries are the settings to show for a task: of the program asked for, else
// of what runs on this computer's system if the task is for its user. What is
// not confirmed is shown only where it was asked for.
func (s *settings) entries(task remedies.Task) []remedies.Entry {
	var platform remedies.Platform
	client := ""
	if task.Kind == remedies.Client {
		client = s.reader.Client
	}
	if task.Who == remedies.User && client == "" {
		platform = remedies.PlatformOf(s.reader.OS)
	}
	var found []remedies.Entry
	for _, e := range remedies.For(s.code.String(), client, platform) {
		if e.TaskID == task.ID && (e.Confidence != remedies.Unconfirmed || client != "") {
			found = append(found, e)
		}
	}
	return found
}

func (s *settings) list(entries []remedies.Entry, indent int) {
	if len(entries) > s.rows {
		entries, s.cut = entries[:s.rows], true
	}
	column := personColumn
	for _, e := range entries {
		column = max(column, indent+cells(e.Component.Name)+2)
	}
	for _, e := range entries {
		s.page.block(strings.Repeat(" ", indent)+e.Component.Name, s.setting(e), column)
	}
}

// setting is an entry's setting with stand-ins, and a remark if nobody could
// confirm it.
func (s *settings) setting(e remedies.Entry) string {
	text, _, _ := e.Fill(remedies.StandIns)
	s.shown += text + "\n"
	return text + doubt(e)
}

// doubt is the remark about a setting that nobody could confirm.
func doubt(e remedies.Entry) string {
	if e.Confidence == remedies.Unconfirmed {
		return " " + notConfirmed
	}
	return ""
}

// legend says what the stand-ins mean and where more settings are.
func (s *settings) legend() {
	p := s.page
	legend := standInsMean(s.shown)
	if legend != "" || s.cut {
		p.print("")
	}
	if legend != "" {
		p.block("", legend, 0)
	}
	if s.cut {
		p.block("", "More programs, and lines to copy: ftpdiag explain NAME (names: ftpdiag explain)", 0)
	}
}

// standInsMean explains those of remedies.StandIns that stand in a text; empty
// if none does.
func standInsMean(text string) string {
	server, client := strings.Contains(text, remedies.StandIns.Server), strings.Contains(text, remedies.StandIns.Client)
	addresses, ports := "", ""
	switch {
	case server && client:
		addresses = "SERVER, CLIENT: the two addresses."
	case server:
		addresses = "SERVER: its name or address."
	case client:
		addresses = "CLIENT: this computer's address."
	}
	if strings.Contains(text, port(remedies.StandIns.FirstPort)) {
		ports = "50000-50100: a range of your choice."
	}
	return sentences(addresses, ports)
}

// strong writes a line as a heading without a blank line before it.
func (p *page) strong(text string) {
	for _, line := range wrap(text, p.width, 0, "") {
		p.print(p.paint(term.Strong, line))
	}
}
