package main

import (
	"context"
	"fmt"
	"strings"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

// classic is the case that FTP is known for: the server cannot connect back.
// This form of it tells so at once.
const classic = "active-425-immediately"

// runDemo starts a practice server and checks it.
func (a *app) runDemo(ctx context.Context, args []string) error {
	if err := a.opts.settle(); err != nil {
		return err
	}
	if a.opts.list {
		return a.listDemos(args)
	}
	if len(args) > 1 {
		return complain("one case at a time, but "+counted(len(args))+" were given", "All cases: ftpdiag demo --list")
	}
	wanted := classic
	if len(args) == 1 {
		wanted = args[0]
	}
	s, ok := scenarios.Find(wanted)
	if !ok {
		return noSuchDemo(wanted)
	}
	a.remark("demo " + s.Name + ": " + s.Summary)
	running, err := a.startDemo(ctx, s)
	if err != nil {
		return err
	}
	defer running.Close()
	exam := a.examine(ctx, &probe.Prober{Network: running.Network, Plan: running.Plan}, running.Target)
	a.present(ctx, exam, report.Context{Demo: s.Name})
	return nil
}

// startDemo starts the case on sockets of this computer or, where those cannot
// show it, on a network in memory.
func (a *app) startDemo(ctx context.Context, s *scenarios.Scenario) (*scenarios.Running, error) {
	if s.OnLoopback() {
		running, err := s.Start(ctx)
		if err == nil {
			return running, nil
		}
		a.remark("the practice server cannot listen on this computer, so the network is simulated")
	} else {
		a.remark("this case needs more than one computer, so the network is simulated")
	}
	return s.StartInMemory()
}

// remark says something about the demo itself, unless silence is wanted.
func (a *app) remark(what string) {
	if !a.opts.quiet && a.opts.progress != never {
		a.say(what)
	}
}

// noSuchDemo names the nearest case.
func noSuchDemo(wanted string) error {
	var names []string
	for _, s := range scenarios.All() {
		names = append(names, s.Name)
	}
	if near := nearest(wanted, names); near != "" {
		return complain("there is no demo case "+quote(wanted), "Did you mean: ftpdiag demo "+near)
	}
	return complain("there is no demo case "+quote(wanted), "All cases: ftpdiag demo --list",
		"To check a server called demo: ftpdiag check demo")
}

// listDemos prints one line for each case.
func (a *app) listDemos(args []string) error {
	if len(args) > 0 {
		return complain("--list shows all cases and takes no case", "To run one: ftpdiag demo "+clip(args[0]))
	}
	width := 0
	for _, s := range scenarios.All() {
		width = max(width, len(s.Name))
	}
	var b strings.Builder
	for _, s := range scenarios.All() {
		fmt.Fprintf(&b, "%-*s  %s\n", width, s.Name, s.Summary)
	}
	a.show(b.String())
	return nil
}
