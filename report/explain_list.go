package report

import (
	"io"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report/remedies"
)

// families are the headings of the list, by the first digit of the numbers.
var families = []struct {
	digit probe.Code
	title string
}{
	{1, "Works"},
	{2, "Active mode"},
	{3, "Passive mode"},
	{4, "Devices on the way"},
	{5, "Data connections"},
	{6, "TLS and login"},
	{7, "Reaching the server"},
	{9, "This tool"},
}

// WriteFindingList lists everything that can be explained.
func WriteFindingList(w io.Writer, r Reader) error {
	p := newPage(w, r.Style)
	p.strong("Findings of ftpdiag. To read about one: ftpdiag explain F201")
	for _, family := range families {
		p.heading(family.title)
		for _, code := range probe.Codes() {
			if code/100 == family.digit {
				p.block("  "+code.Number(), code.String()+": "+explanationOf(code).about, 8)
			}
		}
	}
	p.heading("Settings")
	p.block("  ftpdiag explain passive", "where passive mode is set, in each program", 27)
	p.block("  ftpdiag explain active", "where active mode is set, in each program", 27)
	p.block("  ftpdiag help clients", "the programs for ftpdiag explain and --client", 27)
	p.print("")
	p.block("  Servers", strings.Join(componentIDs(remedies.Server), ", "), 13)
	p.block("  Firewalls", strings.Join(componentIDs(remedies.Firewall), ", "), 13)
	p.block("  Clouds", strings.Join(componentIDs(remedies.Cloud), ", "), 13)
	return p.flush(w)
}

// WriteClientList lists the FTP programs, with the names that --client takes.
func WriteClientList(w io.Writer, r Reader) error {
	p := newPage(w, r.Style)
	p.strong("FTP programs and libraries whose settings ftpdiag knows, with the mode they use if nothing is set")
	p.print("")
	column := 0
	for _, c := range remedies.Components(remedies.Client) {
		column = max(column, len(c.ID)+4)
	}
	for _, c := range remedies.Components(remedies.Client) {
		p.block("  "+c.ID, c.Name+": "+c.Default, column)
	}
	p.print("")
	p.block("", "ftpdiag explain passive --client winscp: the setting of one program. ftpdiag explain winscp: all its settings.", 0)
	return p.flush(w)
}
