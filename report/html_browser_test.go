package report_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ftpdiag/report"
	"ftpdiag/report/term"
)

// measure is the script that looks at pages in a browser. It is no part of
// any report.
//
//go:embed testdata/measure.js
var measure string

// browsers are the names of programs that are Chromium.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// findBrowser skips the test unless FTPDIAG_BROWSER asks for it: tests need no
// installed program, and the pages take as long as all others together. "require"
// looks for Chromium and fails where there is none; any other value is the program
// to use.
func findBrowser(t *testing.T) string {
	t.Helper()
	wanted := os.Getenv("FTPDIAG_BROWSER")
	switch wanted {
	case "":
		t.Skip("FTPDIAG_BROWSER=require looks at the pages in Chromium")
	case "require":
	default:
		return wanted
	}
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatalf("no Chromium here: looked for %s", strings.Join(browsers, ", "))
	return ""
}

// TestPageInBrowser shows pages in Chromium at the width of a desktop, of a
// phone and of a small phone, light and dark, and measures: nothing sticks out,
// no text is cut or lies on another, and everything can be told from its
// ground.
func TestPageInBrowser(t *testing.T) {
	browser := findBrowser(t)
	pages := browserPages(t)
	t.Logf("%d pages", len(pages))
	// Darkness changes colours only, so that one width is enough.
	for scheme, widths := range map[string][]int{"light": {1280, 390, 320}, "dark": {390}} {
		t.Run(scheme, func(t *testing.T) {
			for _, p := range inBrowser(t, browser, scheme, pages, widths...) {
				if p.Scheme != scheme {
					t.Errorf("%s: shown in %s", p.Name, p.Scheme)
				}
				for _, problem := range p.Problems {
					t.Errorf("%s at %d px: %s", p.Name, p.Width, problem)
				}
			}
		})
	}
}

// page is one page to look at.
type page struct{ name, text string }

// browserPages are the situations with the most different pages, and those that
// nature made long.
func browserPages(t *testing.T) []page {
	var pages []page
	add := func(name string, r *report.Report) {
		pages = append(pages, page{name, write(t, r, report.FormatHTML)})
	}
	drawn := map[string]bool{} // pictures that look alike are looked at once
	for _, s := range all(t) {
		r := report.New(s.exam)
		text := write(t, r, report.FormatHTML)
		look := strings.Join(alternative.FindAllString(text, 1), "")
		if !drawn[look] {
			drawn[look] = true
			add(s.Name, r)
		}
		if s.Name == "ipv6-range-closed" {
			long := *s.exam
			long.Target.Host = strings.Repeat("a-very-long-name-", 14) + "example.com"
			add("long name", report.New(&long))
		}
	}
	add("attack", report.New(attacked()))
	return pages
}

var alternative = regexp.MustCompile(`aria-label="[^"]*"`)

// looked is what the script found out about one page.
type looked struct {
	Name     string
	Width    int
	Scheme   string
	Problems []string
}

// inBrowser shows every page in a frame of each width, and returns what the
// script says. The browser reaches no network.
func inBrowser(t *testing.T, browser, scheme string, pages []page, widths ...int) []looked {
	t.Helper()
	var b strings.Builder
	b.WriteString("<!doctype html><meta charset=utf-8><meta name=color-scheme content=\"light dark\"><body>")
	for _, p := range pages {
		for _, w := range widths {
			fmt.Fprintf(&b, "<iframe name=\"%s\" width=%d height=800 style=\"border:0;color-scheme:light dark\" srcdoc=\"%s\"></iframe>\n",
				html.EscapeString(p.name), w, html.EscapeString(p.text))
		}
	}
	b.WriteString("<pre id=found></pre><script>" + measure + "</script>")
	folder := t.TempDir()
	file := filepath.Join(folder, "pages.html")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}

	preferred := map[string]string{"dark": "0", "light": "1"}[scheme]
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // takes some seconds; a busy machine may be ten times slower
	defer cancel()
	command := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND", "--blink-settings=preferredColorScheme="+preferred,
		"--user-data-dir="+filepath.Join(folder, "profile"), "--window-size=1400,900", "--dump-dom",
		(&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String())
	var stderr strings.Builder
	command.Stderr = &stderr
	dom, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	_, found, _ := strings.Cut(string(dom), `<pre id="found">`)
	found, _, ok := strings.Cut(found, "</pre>")
	var list []looked
	if err := json.Unmarshal([]byte(html.UnescapeString(found)), &list); err != nil || !ok {
		t.Fatalf("the script said nothing: %v\n%.500s\n%s", err, found, stderr.String())
	}
	if len(list) != len(pages)*len(widths) {
		t.Fatalf("%d pages were looked at, not %d", len(list), len(pages)*len(widths))
	}
	return list
}

// TestMeasureFindsFaults proves that the script can find what it looks for.
func TestMeasureFindsFaults(t *testing.T) {
	browser := findBrowser(t)
	r := report.New(all(t)[0].exam)
	var b strings.Builder
	if err := r.Write(&b, report.FormatHTML, term.Style{}); err != nil {
		t.Fatal(err)
	}
	good := b.String()
	with := func(css string) string { return strings.Replace(good, "</style>", css+"</style>", 1) }
	faults := []struct{ name, css, want string }{
		{"wide", "h1 { width: 2000px }", "sticks out"},
		{"cut", ".badge { width: 20px; overflow: hidden; white-space: nowrap }", "is cut"},
		{"pale", "footer { color: #888; background: #777 }", "contrast"},
		{"moved", "svg text.word { transform: translateX(90px) }", "sticks out of the picture"},
		{"laid over", "svg text { transform: translateY(0); font-size: 40px }", "lies on"},
		{"both", "svg { display: block !important }", "pictures"},
	}
	var pages []page
	for _, f := range faults {
		pages = append(pages, page{f.name, with(f.css)})
	}
	found := map[string]string{}
	for _, p := range inBrowser(t, browser, "light", pages, 1280, 390) {
		found[p.Name] += strings.Join(p.Problems, "\n") + "\n"
	}
	for _, f := range faults {
		if !strings.Contains(found[f.name], f.want) {
			t.Errorf("%s: not found, but: %s", f.name, found[f.name])
		}
	}
}
