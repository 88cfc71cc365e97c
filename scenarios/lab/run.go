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
	// helpers end what stands beside the server.
	helpers []func()
}

// Build makes the world with a server of the kind. prefix names its namespaces and must be unique.
func (w World) Build(ctx context.Context, prefix string, kind Kind, installation string) (*Running, error) {
	topology, err := NewTopology(ctx, prefix, w.Wall)
	r := &Running{Topology: topology}
	if err == nil {
		err = w.Wall.Raise(ctx, topology)
	}
	if err == nil {
		err = r.startHelpers(w)
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

// startHelpers starts what the world has beside the server.
func (r *Running) startHelpers(w World) error {
	if w.Wall.AcceptsAndCloses {
		stop, err := startAcceptor(r.ServerGateway)
		if err != nil {
			return err
		}
		r.helpers = append(r.helpers, stop)
	}
	if w.Naming != NoNaming {
		stop, err := startNameserver(r.ClientGateway, r.Resolver, w.Naming)
		if err != nil {
			return err
		}
		r.helpers = append(r.helpers, stop)
	}
	if w.Beside != nil {
		stop, err := w.Beside(r)
		if err != nil {
			return err
		}
		r.helpers = append(r.helpers, stop)
	}
	return nil
}

// clientEtc is what programs on the client see below /etc instead of the lab's.
func (w World) clientEtc(t *Topology) etc {
	switch {
	case w.Hosts != "":
		return etc{"hosts": w.Hosts}
	case w.Naming != NoNaming && !w.AskedDirectly:
		return usesNameserver(t.Resolver)
	}
	return nil
}

// Close ends the server and removes the network.
func (r *Running) Close() {
	if r.daemon != nil {
		r.daemon.Stop()
	}
	for _, stop := range r.helpers {
		stop()
	}
	r.Topology.Close()
}

// forgetting is how long a server may still count a session that has ended: until it has heard of its process's end.
const forgetting = 500 * time.Millisecond

// Prove puts all questions of the world's truth, as it is with this server, to it. The error holds every answer that is not the expected one.
func (w World) Prove(ctx context.Context, r *Running, kind Kind) error {
	truth := w.Truth
	if special, ok := w.SpecialTruth[kind]; ok {
		truth = special
	}
	failures := make([]error, len(truth))
	var probes sync.WaitGroup
	for i, expectation := range truth {
		prove := func() { failures[i] = expectation.Prove(ctx, w, r.Topology) }
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

// kinds are the servers that are tried with the world.
func (w World) kinds() []Kind {
	if len(w.Servers) > 0 {
		return w.Servers
	}
	return Kinds
}
