//go:build linux

package lab

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Probe is one question put to a world without ftpdiag: with curl, under TLS with tlsListing. Each lists the server's folder.
type Probe int

// The zero Probe asks nothing.
const (
	_             Probe = iota
	ActiveEPRT          // active mode, EPRT first, PORT if that is refused
	ActivePORT          // active mode with PORT alone
	PassiveEPSV         // passive mode, EPSV first, PASV if that fails
	PassivePASV         // passive mode with PASV alone, to the address in the 227
	ActiveTLS           // ActiveEPRT under AUTH TLS, resuming the TLS session
	PassiveTLS          // PassiveEPSV under AUTH TLS, resuming the TLS session
	PassiveNewTLS       // PassiveTLS with a new TLS session for the data connection
	WrongPassword       // PassiveEPSV as User with a wrong password
	SecondSession       // PassiveEPSV while another control connection is open
	ActiveV6            // ActiveEPRT over IPv6
	PassiveV6           // PassiveEPSV over IPv6
	ByName              // PassiveEPSV to the server's name, looked up by the client's system
)

// String names the probe in the output of tests.
func (p Probe) String() string {
	switch p {
	case ActiveEPRT:
		return "active EPRT"
	case ActivePORT:
		return "active PORT"
	case PassiveEPSV:
		return "passive EPSV"
	case PassivePASV:
		return "passive PASV"
	case ActiveTLS:
		return "active under TLS"
	case PassiveTLS:
		return "passive under TLS"
	case PassiveNewTLS:
		return "passive under TLS without session reuse"
	case WrongPassword:
		return "wrong password"
	case SecondSession:
		return "second session"
	case ActiveV6:
		return "active over IPv6"
	case PassiveV6:
		return "passive over IPv6"
	case ByName:
		return "passive by name"
	}
	return "Probe(" + strconv.Itoa(int(p)) + ")"
}

// args are the options of curl for the probe, asked from the address local.
func (p Probe) args(local string) []string {
	active := []string{"--ftp-port", local}
	switch p {
	case ActiveEPRT:
		return active
	case ActivePORT:
		return append(active, "--disable-eprt")
	case PassiveEPSV, SecondSession, PassiveV6, ByName:
		return nil
	case ActiveV6:
		return []string{"--ftp-port", local}
	case PassivePASV:
		return []string{"--disable-epsv", "--no-ftp-skip-pasv-ip"}
	case WrongPassword:
		return []string{"--user", User + ":wrong"}
	case ActiveTLS, PassiveTLS, PassiveNewTLS:
		// not asked with curl
	}
	panic("lab: no such probe: " + p.String())
}

// How long the truth may take. What works takes 0.3 s here, and 3 s for a wrong password, which servers answer late on
// purpose; more if the processors are busy. What is dropped is silent for a minute, so a shorter wait tells it as well.
const (
	truthPatience   = 10 * time.Second
	silencePatience = 3 * time.Second
	latePatience    = 60 * time.Second
)

// The exit codes of curl (curl(1), EXIT CODES) that a Truth can name.
const (
	curlNameUnknown   = 6
	curlConnectFailed = 7
	curlAccessDenied  = 9
	curlTimedOut      = 28
	curlLoginDenied   = 67
)

// An Expectation is one probe and what must come of it.
type Expectation struct {
	Probe Probe
	Works bool
	// Exit is the exit code with which curl must fail. 0: any.
	Exit int
	// Empty is a listing that arrives complete, without publicFile.
	Empty bool
	// Patiently is a listing that may take a minute.
	Patiently bool
}

// works and fails make a truth table readable.
func works(p Probe) Expectation                   { return Expectation{Probe: p, Works: true} }
func fails(p Probe) Expectation                   { return Expectation{Probe: p} }
func worksEmpty(p Probe) Expectation              { return Expectation{Probe: p, Works: true, Empty: true} }
func worksLate(p Probe) Expectation               { return Expectation{Probe: p, Works: true, Patiently: true} }
func failsWith(p Probe, curlExit int) Expectation { return Expectation{Probe: p, Exit: curlExit} }

// Prove puts the question to the world and returns an error if the answer is not the expected one.
func (e Expectation) Prove(ctx context.Context, w World, t *Topology) error {
	listing, exit, err := e.ask(ctx, w, t)
	switch {
	case e.Works && err != nil:
		return fmt.Errorf("%v should work here: %w", e.Probe, err)
	case e.Empty && strings.Contains(listing, publicFile):
		return fmt.Errorf("%v should list nothing here: %q", e.Probe, listing)
	case e.Works && !e.Empty && !strings.Contains(listing, publicFile):
		return fmt.Errorf("%v should list %s here: %q", e.Probe, publicFile, listing)
	case !e.Works && err == nil:
		return fmt.Errorf("%v should fail here: %q", e.Probe, listing)
	case e.Exit != 0 && exit != e.Exit:
		return fmt.Errorf("%v should fail here with curl's exit code %d: %w", e.Probe, e.Exit, err)
	}
	return nil
}

// patience is how long the probe may take.
func (e Expectation) patience() time.Duration {
	if e.Patiently {
		return latePatience
	}
	if !e.Works && (e.Exit == 0 || e.Exit == curlTimedOut) {
		return silencePatience
	}
	return truthPatience
}

// url is the folder that is listed.
func (w World) url(host string) string {
	url := fmt.Sprintf("ftp://%s:%d/", host, w.Setting.port())
	if w.Folder != "" {
		url += w.Folder + "/"
	}
	return url
}

// ask lists the server's folder in the way of the probe. exit is curl's exit code.
func (e Expectation) ask(ctx context.Context, w World, t *Topology) (listing string, exit int, err error) {
	switch e.Probe {
	case ActiveTLS, PassiveTLS, PassiveNewTLS:
		listing, err = tlsListing{topology: t, setting: w.Setting, active: e.Probe == ActiveTLS, newSession: e.Probe == PassiveNewTLS}.run(ctx, e.patience())
		return listing, 0, err
	case SecondSession:
		first, err := openSession(ctx, t, w.Setting.port())
		if err != nil {
			return "", 0, fmt.Errorf("first session: %w", err)
		}
		defer first.Close()
	case ActiveEPRT, ActivePORT, PassiveEPSV, PassivePASV, WrongPassword, ActiveV6, PassiveV6, ByName:
		// curl alone
	}
	host, local := ServerAddress, t.TruthAddress
	switch e.Probe {
	case ActiveV6, PassiveV6:
		host, local = "["+serverV6+"]", clientTruthV6
	case ByName:
		host = w.name()
	default:
	}
	args := append([]string{
		"--silent", "--show-error", "--max-time", fmt.Sprint(e.patience().Seconds()), "--interface", local,
	}, e.Probe.args(local)...)
	curl := exec.CommandContext(ctx, "curl", append(args, w.url(host))...)
	if err := w.clientEtc(t).show(curl); err != nil {
		return "", 0, err
	}
	listing, err = t.Client.Output(curl)
	if failure := (*exec.ExitError)(nil); errors.As(err, &failure) {
		exit = failure.ExitCode()
	}
	if err != nil {
		return "", exit, fmt.Errorf("curl: %w: %s", err, listing)
	}
	return listing, 0, nil
}
