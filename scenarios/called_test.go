package scenarios_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// TestOrderOfCalls: who connected to our listener before and after which reply.
func TestOrderOfCalls(t *testing.T) {
	for _, tt := range []struct {
		scenario  string
		caller    probe.Called
		strangers []probe.Called
	}{
		{"port-answers-after-connect", probe.BeforePortReply, nil},
		{"125-reply", probe.BeforePortReply, nil},
		{"all-good", probe.BeforeListReply, nil}, // vsftpd says 150 when it is connected
		{"call-after-150", probe.AfterListReply, nil},
		{"active-syn-dropped", 0, nil},
		{"150-before-connect-425-after", 0, nil},
		{"port-421-after-30s", 0, nil},
		{"scanner-at-the-listener", 0, []probe.Called{probe.BeforeListReply}},
		{"scanner-over-ipv6", 0, []probe.Called{probe.BeforeListReply}},
		{"scanner-before-the-server", probe.BeforeListReply, []probe.Called{probe.BeforeListReply}},
		{"scanner-before-early-call", probe.BeforePortReply, []probe.Called{probe.BeforePortReply}},
		{"active-from-other-address", probe.BeforeListReply, nil}, // taken for the server's in the end
	} {
		t.Run(tt.scenario, func(t *testing.T) {
			s, ok := scenarios.Find(tt.scenario)
			if !ok {
				t.Fatal("there is no such scenario")
			}
			inMemory(t, s, func(t *testing.T, r *report.Report) {
				tried := 0
				for _, a := range r.Examination.AllAttempts() {
					if a.Method.Mode() != probe.Active || a.Variant != probe.Plain || !a.Setup.Asked() {
						continue
					}
					tried++
					call, _ := a.Call()
					if call.Called != tt.caller || call.From != a.Caller {
						t.Errorf("%v: the server called %v from %v, want %v", a.Method, call.Called, call.From, tt.caller)
					}
					var strangers []probe.Called
					for _, stranger := range a.StrangerCalls() {
						strangers = append(strangers, stranger.Called)
					}
					if !slices.Equal(strangers, tt.strangers) {
						t.Errorf("%v: strangers called %v, want %v", a.Method, strangers, tt.strangers)
					}
				}
				if tried == 0 {
					t.Error("active mode was not tried")
				}
				if t.Failed() {
					t.Log(story(r))
				}
			})
		})
	}
}

// checkCalls demands that the record tells when everybody called, and that the
// dialogue says so in the same place: before or after the replies to PORT and LIST.
func checkCalls(t *testing.T, e *probe.Examination) {
	t.Helper()
	for _, a := range e.AllAttempts() {
		if _, known := a.Call(); a.Caller.IsValid() != known {
			t.Errorf("%v: caller %v, calls %v", a.Method, a.Caller, a.Calls)
		}
		var unasked int
		for _, call := range a.Calls {
			if call.From.Addr() != e.Session(a.Session).Remote.Addr() {
				unasked++
			}
			i := slices.IndexFunc(e.Events, func(ev probe.Event) bool {
				text := fmt.Sprintf("connection from %s port %d", call.From.Addr(), call.From.Port())
				hidden := strings.Contains(ev.Text, "***") // a short password stands in addresses, too
				return ev.At == call.At && slices.Contains(a.Events, ev.N) && (strings.HasPrefix(ev.Text, text) || hidden)
			})
			if i < 0 {
				t.Errorf("%v: the dialogue does not tell of %v", a.Method, call)
				continue
			}
			afterPort, afterList := past(e, i, a.Setup), past(e, i, a.Transfer)
			if afterPort != (call.Called > probe.BeforePortReply) || afterList != (call.Called == probe.AfterListReply) || call.Called == 0 {
				t.Errorf("%v: %v called %v, in the dialogue after PORT's reply: %v, after LIST's: %v", a.Method, call.From, call.Called, afterPort, afterList)
			}
			if call.At < a.Began || call.At > a.Began+a.Took {
				t.Errorf("%v of %v to %v: %v called at %v", a.Method, a.Began, a.Began+a.Took, call.From, call.At)
			}
		}
		if unasked != len(a.Strangers) {
			t.Errorf("%v: %d strangers of calls %v", a.Method, len(a.Strangers), a.Calls)
		}
	}
}

// past tells whether a line of the dialogue stands behind the reply of an exchange,
// which is the last that came in it.
func past(e *probe.Examination, i int, x probe.Exchange) bool {
	last := -1
	for j, ev := range e.Events {
		if ev.Direction == probe.Receive && ev.Code != 0 && slices.Contains(x.Events, ev.N) {
			last = j
		}
	}
	return last >= 0 && last < i
}
