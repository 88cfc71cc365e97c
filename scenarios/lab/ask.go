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
	"slices"
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
	Findings []struct {
		ID       string `json:"id"`
		Severity string `json:"severity"`
	} `json:"findings"`

	// Exit is the exit code of the program.
	Exit int `json:"-"`
}

// A Mode is the state of one mode in a Result.
type Mode struct {
	Status string `json:"status"`
}

// askPatience is longer than any examination takes: no verdict is a failure, not a hanging test.
const askPatience = 60 * time.Second

// Ask runs program, the ftpdiag to be judged, on the client of the world.
func (w World) Ask(ctx context.Context, r *Running, program string) (*Result, error) {
	if w.Login == "" {
		return Ask(ctx, r.Client, program)
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
	return Ask(ctx, r.Client, program, "--user", User, "--password-file", file.Name())
}

// Ask runs program on the client, about ServerAddress, with more options than those every script should use.
func Ask(ctx context.Context, client *Namespace, program string, options ...string) (*Result, error) {
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
	args := append([]string{"--json", "--no-save", "--no-input"}, options...)
	cmd := exec.CommandContext(ctx, program, append(args, ServerAddress)...)
	// Nothing of the caller's environment or home may change what is asked. The servers' certificate is trusted.
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "TERM=dumb", "SSL_CERT_FILE=" + trust}
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
	return result, nil
}

// String shows the result in one line.
func (r *Result) String() string {
	ids := make([]string, len(r.Findings))
	for i, finding := range r.Findings {
		ids[i] = finding.ID + "/" + finding.Severity
	}
	return fmt.Sprintf("%s (active %s, passive %s), exit code %d, %d ms, findings %s", r.Verdict.ID,
		r.Modes.Active.Status, r.Modes.Passive.Status, r.Exit, r.DurationMS, strings.Join(ids, " "))
}

// passiveRequired is the answer that goes with a verdict; nil is null.
func passiveRequired(verdict string) *bool {
	yes, no := true, false
	switch verdict {
	case "passive-required":
		return &yes
	case "either", "active-required":
		return &no
	}
	return nil
}

// Judge compares a result with the verdict and returns an error that holds every difference.
func (v Verdict) Judge(r *Result) error {
	var wrong []error
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }

	if r.Schema != "ftpdiag.result" {
		complain("schema is %q", r.Schema)
	}
	if r.Verdict.ID != v.ID {
		complain("verdict is %s, want %s", r.Verdict.ID, v.ID)
	}
	got, want := r.Verdict.PassiveRequired, passiveRequired(v.ID)
	if (got == nil) != (want == nil) || got != nil && *got != *want {
		complain("passive_required does not go with verdict %s", v.ID)
	}
	if r.Modes.Active.Status != v.Active || r.Modes.Passive.Status != v.Passive {
		complain("active %s, passive %s, want %s, %s", r.Modes.Active.Status, r.Modes.Passive.Status, v.Active, v.Passive)
	}
	if r.Exit != v.Exit {
		complain("exit code %d, want %d", r.Exit, v.Exit)
	}
	if v.Within > 0 && r.DurationMS > v.Within.Milliseconds() {
		complain("took %d ms, want at most %v", r.DurationMS, v.Within)
	}

	var ids []string
	for _, finding := range r.Findings {
		ids = append(ids, finding.ID)
	}
	if len(ids) == 0 || !slices.Contains(v.Primary, ids[0]) {
		complain("primary finding is none of %s", strings.Join(v.Primary, ", "))
	}
	if len(v.Present) > 0 && !slices.ContainsFunc(v.Present, func(id string) bool { return slices.Contains(ids, id) }) {
		complain("none of the findings %s is shown", strings.Join(v.Present, ", "))
	}
	for _, id := range v.Forbidden {
		if slices.Contains(ids, id) {
			complain("finding %s is shown and is not true here", id)
		}
	}
	if len(wrong) > 0 {
		wrong = append(wrong, fmt.Errorf("it said: %v", r))
	}
	return errors.Join(wrong...)
}
