//go:build linux

package lab

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A Running is a world that stands: network, firewalls and server. Close must be called.
type Running struct {
	*Topology
	daemon *Daemon
}

// Build makes the world with a server of the kind. prefix names its namespaces and must be unique.
func (w World) Build(ctx context.Context, prefix string, kind Kind, installation string) (*Running, error) {
	topology, err := NewTopology(ctx, prefix, w.Wall)
	r := &Running{Topology: topology}
	if err == nil {
		err = w.Wall.Raise(ctx, topology)
	}
	if err == nil {
		r.daemon, err = StartDaemon(ctx, topology.Server, kind, installation, topology.OwnServerAddress, w.Setting)
	}
	if err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Close ends the server and removes the network.
func (r *Running) Close() {
	if r.daemon != nil {
		r.daemon.Stop()
	}
	r.Topology.Close()
}

// forgetting is how long a server may still count a session that has ended: until it has heard of its process's end.
const forgetting = 500 * time.Millisecond

// Prove puts all questions of the world's truth to it. The error holds every answer that is not the expected one.
func (w World) Prove(ctx context.Context, r *Running) error {
	failures := make([]error, len(w.Truth))
	var probes sync.WaitGroup
	for i, expectation := range w.Truth {
		prove := func() { failures[i] = expectation.Prove(ctx, r.Topology) }
		if w.OneAtATime {
			prove()
			time.Sleep(forgetting)
			continue
		}
		probes.Go(prove)
	}
	probes.Wait()
	if err := errors.Join(failures...); err != nil {
		return fmt.Errorf("the world is not what it claims to be: %w", err)
	}
	return nil
}

// VerdictOf is what ftpdiag must say of the world with this server.
func (w World) VerdictOf(kind Kind) Verdict {
	if special, ok := w.Special[kind]; ok {
		return special
	}
	return w.Verdict
}
