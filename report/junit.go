package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"ftpdiag/probe/ftp"
)

// The elements and attributes are those that the programs that read JUnit's
// form agree on (collected in testmoapp/junitxml); there is no standard.

type junitSuites struct {
	XMLName  xml.Name   `xml:"testsuites"`
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Errors   int        `xml:"errors,attr"`
	Skipped  int        `xml:"skipped,attr"`
	Time     string     `xml:"time,attr"`
	Suite    junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitProblem `xml:"failure"`
	Error   *junitProblem `xml:"error"`
	Skipped *junitProblem `xml:"skipped"`
}

type junitProblem struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes one suite for the server with the cases reachable, login,
// passive and active. What does not work and should is a failure, what nobody
// knows an error; a mode that does not work and need not is skipped, as other
// programs do with an expected failure.
func (r *Report) writeJUnit(w io.Writer) error {
	e := r.Examination
	suite := junitSuite{
		Name: r.serverText(), Time: seconds(e.Took.Seconds()), Timestamp: e.Started.UTC().Format("2006-01-02T15:04:05"),
		Properties: []junitProperty{
			{"verdict", r.Verdict.ID.String()}, {"passive_required", r.Verdict.PassiveRequired.String()},
			{"confidence", r.Verdict.Confidence.String()}, {"headline", r.Headline},
		},
	}
	for _, k := range r.checks() {
		tc := junitCase{Name: k.name, Class: "ftpdiag." + ftp.Clean(e.Target.Host), Time: seconds(k.seconds)}
		problem := &junitProblem{Message: k.message, Text: k.detail}
		if k.finding.Code != 0 {
			problem.Type = k.finding.Code.String()
		}
		switch k.result {
		case passed:
		case failed:
			tc.Failure = problem
			suite.Failures++
		case noResult:
			tc.Error = problem
			suite.Errors++
		case excused, skipped:
			problem.Type = "" // no such attribute of skipped
			tc.Skipped = problem
			suite.Skipped++
		}
		suite.Tests++
		suite.Cases = append(suite.Cases, tc)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	err := enc.Encode(junitSuites{
		Name: "ftpdiag", Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Skipped: suite.Skipped,
		Time: suite.Time, Suite: suite,
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

// serverText is the server's name and port.
func (r *Report) serverText() string { return r.story.plainly("{host} port {port}") }

// seconds writes a time with milliseconds.
func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }
