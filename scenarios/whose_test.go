package scenarios_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// sent are the commands of one control connection as they left, in order.
func sent(e *probe.Examination, session int) (list []string) {
	for _, v := range e.Events {
		if v.Session == session && v.Channel == probe.Control && v.Direction == probe.Send {
			list = append(list, v.Text)
		}
	}
	return list
}

// TestNoListAfterRefusedEPRT: a second reply to the command before EPRT does not pass
// for the one to EPRT, which is a refusal: the server is sent no LIST.
func TestNoListAfterRefusedEPRT(t *testing.T) {
	s, _ := scenarios.Find("eprt-refused-behind-second-reply")
	inMemory(t, s, func(t *testing.T, r *report.Report) {
		asked := 0
		for _, session := range r.Examination.Sessions {
			list := sent(r.Examination, session.ID)
			for i, command := range list {
				if !strings.HasPrefix(command, "EPRT ") {
					continue
				}
				asked++
				if i+1 < len(list) && list[i+1] == "LIST" {
					t.Errorf("LIST was sent after EPRT was refused: %q", list)
				}
			}
		}
		if asked == 0 {
			t.Error("EPRT was never sent")
		}
	})
}

// TestTransferBehindSecondReply: the replies to LIST are those that came after a second
// one to PORT, and not that one.
func TestTransferBehindSecondReply(t *testing.T) {
	s, _ := scenarios.Find("second-reply-to-port")
	inMemory(t, s, func(t *testing.T, r *report.Report) {
		for _, a := range r.Examination.AllAttempts() {
			if a.Transfer.Reply.Code != 150 || a.Final.Reply.Code != 226 {
				t.Errorf("%v: %d and %d to LIST%s", a.Method, a.Transfer.Reply.Code, a.Final.Reply.Code, story(r))
			}
		}
	})
}

// TestSecondWelcome: what the server can do is known although its second welcome came
// when FEAT had been sent.
func TestSecondWelcome(t *testing.T) {
	s, _ := scenarios.Find("second-welcome")
	inMemory(t, s, func(t *testing.T, r *report.Report) {
		first := r.Examination.Sessions[0]
		if code := first.Feat.Reply.Code; code != 211 || len(first.Features) == 0 {
			t.Errorf("FEAT was answered with %d, features %q", code, first.Features)
		}
		if code := first.Syst.Reply.Code; code != 215 {
			t.Errorf("SYST was answered with %d", code)
		}
	})
}

// TestUnusualCodes: codes that a server means although others use other ones are
// taken as they are, and cost little where they might be another's, once.
func TestUnusualCodes(t *testing.T) {
	for _, tt := range []struct {
		name, server string
		costs        time.Duration // more than the same with the usual codes
	}{
		{"200 to CWD", "on CWD: unsaid | 200 OK", 0},
		{"200 to PASS", "on PASS: unsaid | 200 Hello", 0},
		{"220 to USER", "on USER: 220 Hello", 3500 * time.Millisecond}, // rather a second greeting: nobody is known to log in by it
		{"220 to SYST", "on SYST: 220 UNIX", 0},
		{"200 to FEAT", "on FEAT: 200 No features", 0},
		{"250 to PORT and EPRT", "on PORT: unsaid | 250 OK\non EPRT: unsaid | 250 OK", 500 * time.Millisecond},
		{"200 to EPSV", "epsv-reply: 200 OK (|||{port}|)", 0},
		{"229 to PASV", "off: epsv\npasv-reply: 229 OK (|||{port}|)", 0},
		{"227 to EPSV", "epsv-reply: 227 OK ({tuple})", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			took := func(server string) (took time.Duration) {
				s, err := scenarios.ParseSections("-- target --\npath: /pub\n-- server --\n" + server + "\n")
				if err != nil {
					t.Fatal(err)
				}
				inMemory(t, s, func(t *testing.T, r *report.Report) {
					if r.Verdict.ID != report.Either {
						t.Errorf("verdict %v%s", r.Verdict.ID, story(r))
					}
					took = r.Examination.Took
				})
				return took
			}
			usual := "patience: 60s"
			if strings.HasPrefix(tt.server, "off: ") {
				usual, _, _ = strings.Cut(tt.server, "\n")
			}
			if more := took(tt.server) - took(usual); more > tt.costs+50*time.Millisecond {
				t.Errorf("it takes %v longer, want %v", more, tt.costs)
			}
		})
	}
}

// TestLateReplyIsNotOwed: a reply to EPRT that comes after the server's call is not
// looked for before the one to PORT.
func TestLateReplyIsNotOwed(t *testing.T) {
	s, _ := scenarios.Find("eprt-answered-after-the-call")
	synctest.Test(t, func(t *testing.T) {
		run, err := s.StartInMemory()
		if err != nil {
			t.Fatal(err)
		}
		run.Plan.Serial = true
		r, _ := examine(run)
		check(t, s, r)
		if took := r.Examination.Took; took > 15*time.Second {
			t.Errorf("it took %v%s", took, story(r))
		}
	})
}

// TestNamesInUTF8: every connection asks for names in UTF-8 before it goes into a folder
// whose name needs it, and none for another; where that is not granted, a refusal of
// the folder is not certain.
func TestNamesInUTF8(t *testing.T) {
	const opts = "OPTS UTF8 ON"
	for _, tt := range []struct {
		scenario string
		asked    bool
		denied   probe.Confidence // zero: not at all
	}{
		{"folder-name-needs-utf8", true, 0},
		{"folder-name-in-code-page", false, probe.ConfidenceLikely},
		{"cwd-550", false, probe.ConfidenceCertain},
		{"folder-name-in-ascii", false, 0},
	} {
		t.Run(tt.scenario, func(t *testing.T) {
			s, known := scenarios.Find(tt.scenario)
			if !known {
				s, _ = scenarios.ParseSections("-- target --\npath: /pub\n-- server --\nstyle: iis\n")
			}
			inMemory(t, s, func(t *testing.T, r *report.Report) {
				entered := 0
				for _, session := range r.Examination.Sessions {
					list := sent(r.Examination, session.ID)
					i := slices.IndexFunc(list, func(c string) bool { return strings.HasPrefix(c, "CWD ") })
					if i < 1 {
						continue
					}
					entered++
					if got := slices.Contains(list, opts); got != tt.asked || got && list[i-1] != opts {
						t.Errorf("commands %q", list)
					}
				}
				if entered < 2 {
					t.Errorf("%d connections went into the folder, want more", entered)
				}
				var denied probe.Confidence
				for _, f := range r.Findings {
					if f.Code == probe.PathDenied {
						denied = f.Confidence
					}
				}
				if denied != tt.denied {
					t.Errorf("the folder is refused: %v, want %v", denied, tt.denied)
				}
			})
		})
	}
}
