//go:build linux

package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// A Result is what the lab reads of ftpdiag's JSON.
type Result struct {
	Schema     string `json:"schema"`
	DurationMS int64  `json:"duration_ms"`
	Verdict    struct {
		ID              string `json:"id"`
		PassiveRequired *bool  `json:"passive_required"`
	} `json:"verdict"`
	Modes struct {
		Active  Mode `json:"active"`
		Passive Mode `json:"passive"`
	} `json:"modes"`
	Client struct {
		SeenByServer string `json:"seen_by_server"`
	} `json:"client"`
	Resolution struct {
		CNAME []string `json:"cname"`
	} `json:"resolution"`
	Experiments []struct {
		Name   string `json:"name"`
		Answer string `json:"answer"` // "": null, no answer
	} `json:"experiments"`
	Findings []struct {
		ID         string `json:"id"`
		Severity   string `json:"severity"`
		Confidence string `json:"confidence"`
		Party      string `json:"party"`
	} `json:"findings"`
	Timeline []struct {
		AtMS      int64  `json:"t_ms"`
		Session   *int   `json:"session"`
		Direction string `json:"dir"`
		Text      string `json:"text"`
	} `json:"timeline"`

	// Exit is the exit code of the program.
	Exit int `json:"-"`
	// Raw is the JSON itself.
	Raw string `json:"-"`
}

// A Mode is the state of one mode in a Result.
type Mode struct {
	Status string `json:"status"`
}

// askPatience is longer than any examination takes: no verdict is a failure, not a hanging test. At 15 % of packets lost,
// TCP's own repetitions of a few segments have taken 43 s in one of 420 examinations, and more than a minute in another.
const askPatience = 3 * time.Minute

// name is the server's name as the client gives it.
func (w World) name() string {
	if w.Short {
		return shortName
	}
	return serverName
}

// Ask runs program, the ftpdiag to be judged, on the client of the world.
func (w World) Ask(ctx context.Context, r *Running, program string) (*Result, error) {
	q := Question{Program: program, Host: ServerAddress, Options: w.Options, etc: w.clientEtc(r.Topology)}
	if w.Hosts != "" || w.Naming != NoNaming {
		q.Host = w.name()
	}
	if w.AskedDirectly {
		q.Options = append([]string{"--resolver", r.Resolver}, q.Options...)
	}
	if w.Setting.Port != 0 {
		q.Options = append([]string{"--port", strconv.Itoa(w.Setting.Port)}, q.Options...)
	}
	if w.Folder != "" {
		q.Options = append([]string{"--path", w.Folder}, q.Options...)
	}
	if w.Login == "" {
		return q.Ask(ctx, r.Client)
	}
	file, err := os.CreateTemp("", "password") // readable by its owner only
	if err != nil {
		return nil, err
	}
	if _, err := file.WriteString(w.Login + "\n"); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	q.Options = append([]string{"--user", User, "--password-file", file.Name()}, q.Options...)
	return q.Ask(ctx, r.Client)
}

// A Question is one call of ftpdiag.
type Question struct {
	Program string // the ftpdiag to be judged
	Host    string // the server it is asked about
	// Options are given beside those that every script should use.
	Options []string
	etc     etc
}

// Ask puts the question on the client.
func (q Question) Ask(ctx context.Context, client *Namespace) (*Result, error) {
	ctx, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()

	home, err := os.MkdirTemp("", "home")
	if err != nil {
		return nil, err
	}
	trust, err := writeTrust(home)
	if err != nil {
		return nil, err
	}
	args := append([]string{"--json", "--no-save", "--no-input"}, q.Options...)
	cmd := exec.CommandContext(ctx, q.Program, append(args, q.Host)...)
	// Nothing of the caller's environment or home may change what is asked. The servers' certificate is trusted.
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=dumb", "SSL_CERT_FILE=" + trust}
	if err := q.etc.show(cmd); err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := client.Start(cmd); err != nil {
		return nil, err
	}
	err = cmd.Wait()
	result := &Result{}
	if failure := (*exec.ExitError)(nil); errors.As(err, &failure) {
		result.Exit = failure.ExitCode()
	} else if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(stdout.Bytes(), result); err != nil {
		return nil, fmt.Errorf("ftpdiag ended with code %d and no JSON: %w; stdout %q, stderr %q", result.Exit, err, &stdout, &stderr)
	}
	result.Raw = stdout.String()
	return result, nil
}

// String shows the result in one line.
func (r *Result) String() string {
	ids := make([]string, len(r.Findings))
	for i, finding := range r.Findings {
		ids[i] = finding.ID + "/" + finding.Severity + "/" + finding.Confidence + "/" + finding.Party
	}
	var answers []string
	for _, experiment := range r.Experiments {
		answers = append(answers, experiment.Name+"="+experiment.Answer)
	}
	return fmt.Sprintf("%s (active %s, passive %s), exit code %d, %d ms, findings %s, answers %s, seen as %q", r.Verdict.ID,
		r.Modes.Active.Status, r.Modes.Passive.Status, r.Exit, r.DurationMS, strings.Join(ids, " "), strings.Join(answers, " "), r.Client.SeenByServer)
}

// Story is the conversation, a line for each event: what one reads first of an examination that went wrong.
func (r *Result) Story() string {
	var story strings.Builder
	for _, event := range r.Timeline {
		session := 0
		if event.Session != nil {
			session = *event.Session
		}
		fmt.Fprintf(&story, "%6d ms  #%d %-7s %s\n", event.AtMS, session, event.Direction, event.Text)
	}
	return story.String()
}
