package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"

	"ftpdiag/probe/programs"
	"ftpdiag/scenarios"
)

// world is an environment for tests: no network unless a scenario gives one,
// no terminal unless a test says so.
type world struct {
	environment
	out, err buffer
	typed    string   // what a person types as a password
	lines    []string // and what they answer to questions
	asked    string   // what they were asked
	vars     map[string]string
}

// buffer is a bytes.Buffer that several goroutines may use.
type buffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func newWorld(stdin string) *world {
	w := &world{vars: map[string]string{"LANG": "C.UTF-8"}}
	w.environment = environment{
		goos:         "linux",
		getenv:       func(name string) string { return w.vars[name] },
		stdin:        strings.NewReader(stdin),
		stdout:       &w.out,
		stderr:       &w.err,
		isTerminal:   func(any) bool { return false },
		ownConsole:   func() bool { return false },
		ownAddresses: func() []ownAddress { return nil },
		programs:     func(string) []programs.Program { return nil },
		readPassword: func(_ context.Context, prompt string) (string, error) {
			w.asked = prompt
			return w.typed, nil
		},
	}
	w.readLine = func(_ context.Context, prompt string) (string, error) {
		if _, err := io.WriteString(w.environment.stderr, prompt); err != nil {
			return "", err
		}
		if len(w.lines) == 0 {
			return "", io.EOF
		}
		line := w.lines[0]
		w.lines = w.lines[1:]
		return line, nil
	}
	return w
}

// onTerminal makes the streams terminals.
func (w *world) onTerminal(streams ...any) *world {
	w.isTerminal = func(s any) bool {
		for _, t := range streams {
			if s == t {
				return true
			}
		}
		return false
	}
	return w
}

// run runs the program in this world.
func (w *world) run(args ...string) int { return run(context.Background(), args, w.environment) }

// in starts a scenario in memory and makes its network this world's. It
// returns the options and the server word that lead there.
func (w *world) in(t *testing.T, name string) []string {
	t.Helper()
	s, ok := scenarios.Find(name)
	if !ok {
		t.Fatalf("no scenario is called %q", name)
	}
	running, err := s.StartInMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Close)
	w.network = running.Network
	return []string{"--port", number(running.Target.Port), running.Target.Host}
}
