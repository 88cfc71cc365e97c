package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report/term"
)

// progressKind is how the run is shown while it lasts. Zero: not at all.
type progressKind uint8

const (
	progressNone   progressKind = iota
	progressStatus              // one line of a terminal, written over and over, and erased in the end
	progressLines               // one line per finished step, for logs
)

// progressFor picks the kind: what --progress says, else what suits the stream
// and the kind of output.
func (a *app) progressFor() progressKind {
	kind := progressLines
	if a.env.isTerminal(a.env.stderr) && a.env.getenv("TERM") != "dumb" {
		kind = progressStatus
	}
	switch {
	case a.opts.progress == never:
		return progressNone
	case a.opts.progress == always:
		return kind
	case a.opts.quiet, (a.forProgram() || a.opts.redact) && kind == progressLines:
		return progressNone
	default:
		return kind
	}
}

// progress shows what happens. Events come in through observe, which never
// waits, because the examination stands still meanwhile; one goroutine writes.
type progress struct {
	w        io.Writer
	kind     progressKind
	dialogue bool // also show every event as it happens
	width    int
	palette  *term.Palette
	limits   probe.Timeouts // of the examination, none zero

	mu      sync.Mutex
	pending []probe.Event // not shown yet
	wake    chan struct{} // one element: pending is not empty
	quit    chan struct{} // closed: show what is pending and end
	done    chan struct{} // closed: the goroutine has ended

	// Only the goroutine uses these.
	last  probe.Event                    // the last one shown
	since time.Time                      // when it was
	waits map[int]await                  // what each control connection waits for
	text  string                         // the status line on the screen
	shown int                            // its cells
	told  probe.Step                     // the last step that has its line in a log
	verb  string                         // the last command of the login
	said  [probe.StepFollowUp + 1]string // what each step heard last
}

// await is an event after which somebody is waited for.
type await struct {
	ev    probe.Event
	since time.Time
}

// statusEvery is how often the status line counts on while nothing happens.
const statusEvery = time.Second

// silence is how long nothing may happen before the line says for how long: a
// person begins to wonder.
const silence = 2 * time.Second

// startProgress begins to show. end must be called.
func startProgress(w io.Writer, kind progressKind, dialogue bool, width int, palette *term.Palette, limits probe.Timeouts) *progress {
	p := &progress{
		w: w, kind: kind, dialogue: dialogue, width: width, palette: palette, limits: limits,
		wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go p.run()
	return p
}

// observe takes an event.
func (p *progress) observe(ev probe.Event) {
	p.mu.Lock()
	p.pending = append(p.pending, ev)
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// end shows what is left, erases the status line and returns when nothing more
// will be written.
func (p *progress) end() {
	close(p.quit)
	<-p.done
}

func (p *progress) run() {
	defer close(p.done)
	tick := time.NewTicker(statusEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.wake:
			p.show()
		case <-tick.C:
			p.status()
		case <-p.quit:
			p.show()
			if p.kind == progressLines {
				p.tellBefore(probe.StepFollowUp)
			}
			p.erase()
			return
		}
	}
}

// show writes what is pending.
func (p *progress) show() {
	p.mu.Lock()
	events := p.pending
	p.pending = nil
	p.mu.Unlock()
	for _, ev := range events {
		if ev.Text == "" {
			p.take(ev)
			continue
		}
		if p.dialogue && (ev.N > 0 || !ev.Waits) { // what is waited for is in the status line
			p.erase()
			p.print(p.line(ev))
		}
		if p.kind == progressLines {
			p.tellBefore(ev.Step)
			p.listen(ev)
		}
		p.take(ev)
	}
	p.status()
}

// take remembers an event: as the last one, and as what its control connection waits
// for, if it does. Connects have no control connection yet.
func (p *progress) take(ev probe.Event) {
	if p.waits == nil {
		p.waits = map[int]await{}
	}
	delete(p.waits, ev.Session)
	if ev.Text == "" {
		return // nobody is waited for there any more
	}
	if awaits(ev) && (ev.Session != 0 || ev.Step == probe.StepConnect) {
		p.waits[ev.Session] = await{ev, time.Now()}
	}
	if ev.Step <= probe.StepLogin && p.last.Step > probe.StepLogin {
		return // a further control connection is opened: the person is past that
	}
	p.last, p.since = ev, time.Now()
}

// doing is the event after which the run is quiet, and since when: the last one, or,
// where nobody is waited for after that, the newest after which somebody is. One lane
// may have ended while another one waits.
func (p *progress) doing() (ev probe.Event, since time.Time) {
	ev, since = p.last, p.since
	if awaits(ev) || time.Since(since) < statusEvery {
		return ev, since
	}
	var newest await
	for _, w := range p.waits {
		if newest.ev.Text == "" || w.since.After(newest.since) || w.since.Equal(newest.since) && w.ev.N > newest.ev.N {
			newest = w
		}
	}
	if newest.ev.Text == "" {
		return ev, since
	}
	newest.ev.Step = max(newest.ev.Step, p.last.Step) // the person is past what a further connection does first
	return newest.ev, newest.since
}

// listen keeps what a step's line will say: the last word of the other side. Of
// the login that is the answer to it, not to the questions that follow.
func (p *progress) listen(ev probe.Event) {
	if isCommand(ev) && ev.Step == probe.StepLogin {
		p.verb, _, _ = strings.Cut(ev.Text, " ")
	}
	question := ev.Step == probe.StepLogin && ev.Direction == probe.Receive && (p.verb == "FEAT" || p.verb == "SYST")
	if ev.Step > p.told && ev.Direction != probe.Send && !question {
		p.said[ev.Step] = ev.Text
	}
}

// tellBefore writes a line for each step up to the login that is finished
// because a later one has begun. Those steps come one after the other; the
// later ones overlap and are told in the end.
func (p *progress) tellBefore(step probe.Step) {
	for s := p.told + 1; s < step && s <= probe.StepLogin; s++ {
		if text := p.said[s]; text != "" {
			p.print(program + " " + label(s) + ": " + text + "\n")
		}
		p.told = s
	}
}

// print writes to the person. If that fails, there is nobody left to tell.
func (p *progress) print(text string) { _, _ = io.WriteString(p.w, text) }

// line is one event of the live dialogue, in the form of the report's
// timeline: who spoke, on which control connection, and what. It is broken
// within the window, because a console breaks anywhere, and the classic one of
// Windows leaves an empty line behind a full one.
func (p *progress) line(ev probe.Event) string {
	session := "  "
	if ev.Session > 0 {
		session = fmt.Sprintf("%-2d", ev.Session)
	}
	head, who, paint := fmt.Sprintf("%9.3f  ", ev.At.Seconds()), "C", p.palette.Note
	switch ev.Direction {
	case probe.Send:
		paint = p.palette.Send
	case probe.Receive:
		who, paint = "S", p.palette.Receive
	default: // a remark
	}
	var b strings.Builder
	lead := who + session + " "
	for _, part := range pieces(ev.Text, p.width-len(head)-len(lead)) {
		b.WriteString(head + paint(lead+part) + "\n")
		head, lead = strings.Repeat(" ", len(head)), strings.Repeat(" ", len(lead))
	}
	return b.String()
}

// status writes the status line over the one before.
func (p *progress) status() {
	if p.kind != progressStatus || p.last.Step == 0 {
		return
	}
	ev, since := p.doing()
	text := statusText(ev, time.Since(since), p.limits)
	cells := []rune(text)
	if len(cells) > p.width {
		cells = cells[:p.width]
	}
	if string(cells) == p.text {
		return
	}
	p.text = string(cells)
	blanks := strings.Repeat(" ", max(0, p.shown-len(cells)))
	p.print("\r" + string(cells) + blanks)
	p.shown = len(cells)
}

// erase removes the status line with blanks: every console can do that.
func (p *progress) erase() {
	if p.shown > 0 {
		p.print("\r" + strings.Repeat(" ", p.shown) + "\r")
		p.shown, p.text = 0, ""
	}
}
