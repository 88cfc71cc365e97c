package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ftpdiag/probe"
)

// mostSamples bounds --samples: each further port costs up to a data timeout
// and, at the server, a port of its passive range.
const mostSamples = 50

// depthOptions say how far the examination goes beyond the four methods.
func (o *options) depthOptions(test optionGroup) {
	test.text("samples", "", "N", "try N further passive ports, 1 to 50 [none, or one where a port failed]", func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > mostSamples {
			return complain("--samples cannot be "+quote(s), fmt.Sprintf("Use a number from 1 to %d.", mostSamples))
		}
		o.samples = n
		return nil
	})
	test.text("other-port", "", "N", "another control port of the same server, to compare [none]", func(s string) (err error) {
		o.otherPort, err = parsePort(s, "--other-port")
		return err
	})
	test.flags.BoolVar(&o.deep, "deep", false, "ask also what is rarely worth its time")
	test.flags.BoolVar(&o.gentle, "gentle", false, "ask nothing that looks unusual on the wire")
	test.text("experiments", "", "LIST", "follow-up questions: NAME,... for only these, -NAME for all but it, list [those that matter]", o.parseExperiments)
}

// parseExperiments reads --experiments. A name asks for this one and no other;
// one after "-" or "no-" is left out.
func (o *options) parseExperiments(text string) error {
	o.ask, o.without, o.listExperiments = nil, nil, text == "list"
	if o.listExperiments {
		return nil
	}
	var names []string
	for _, e := range probe.Experiments() {
		names = append(names, e.Name)
	}
	for word := range strings.SplitSeq(text, ",") {
		word = strings.ToLower(strings.TrimSpace(word))
		list, name := &o.ask, word
		for _, not := range []string{"-", "no-"} {
			if rest, ok := strings.CutPrefix(word, not); ok {
				list, name = &o.without, rest
			}
		}
		if !slices.Contains(names, name) {
			if near := nearest(name, names); near != "" {
				return complain("--experiments does not know "+quote(word), "Did you mean: "+near)
			}
			return complain("--experiments does not know "+quote(word), "All names: ftpdiag --experiments list")
		}
		if !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	return nil
}

// experimentList tells what each follow-up question decides, and what its answer
// can carry.
func experimentList() string {
	width := 0
	for _, e := range probe.Experiments() {
		width = max(width, len(e.Name))
	}
	var b strings.Builder
	for _, e := range probe.Experiments() {
		question := strings.ReplaceAll(e.Question, "METHOD", "the method")
		switch {
		case e.Decides:
			question += " (with --deep, when named, or where it decides who has to act)"
		case e.Deep:
			question += " (with --deep, or when named)"
		}
		head := fmt.Sprintf("%-*s  %-12s  ", width, e.Name, e.Class)
		for _, line := range fold(head+question, strings.Repeat(" ", len(head)), messageWidth) {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}
