package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ftpdiag/report"
)

// Cobra would greet a person who starts the program from the Windows Explorer
// with a lecture of its own, wait five seconds and leave. Set once: it is a
// variable of the package.
func init() { cobra.MousetrapHelpText = "" }

// execute parses the command line and runs the command.
func (a *app) execute(ctx context.Context) error {
	root := &cobra.Command{
		Use:               "ftpdiag",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	o := &a.opts
	check := a.command("check", a.runCheck, slices.Concat(o.checkGroups(), o.resultGroups(o.saveOption, o.runOptions)))
	show := a.command("show", a.runShow, o.showGroups())
	ticket := a.command("ticket", a.runTicket, o.ticketGroups())
	compare := a.command("compare", a.runCompare, o.compareGroups())
	settings := a.command("settings", a.runSettings, o.settingsGroups())
	demo := a.command("demo", a.runDemo, slices.Concat(o.demoGroups(), o.resultGroups(o.runOptions)))
	explain := a.command("explain", a.runExplain, o.explainGroups())
	help := a.command("help", a.runHelp, []optionGroup{newGroup("Options")})
	root.AddCommand(check, show, ticket, compare, explain, settings, demo)
	root.AddCommand(a.completion(root))
	root.SetHelpCommand(help)
	root.SetOut(a.env.stdout)
	root.SetErr(a.env.stderr)
	root.SetArgs(route(a.args, commands, check.Flags()))
	if isCompleting(a.args) {
		root.AddCommand(help) // cobra adds it only when it runs a command
		a.completes(root)
		root.SetArgs(a.routeCompleting(a.args, commands, check.Flags()))
	}
	return root.ExecuteContext(ctx)
}

// commands are the words that are no server unless "check" or "--" stands
// before them.
var commands = []string{"check", "show", "ticket", "compare", "explain", "settings", "demo", "help", "completion"}

// command makes one command. Its options are those of the groups; -h and -V
// end the last one.
func (a *app) command(name string, do func(context.Context, []string) error, groups []optionGroup) *cobra.Command {
	var version bool
	last := groups[len(groups)-1].flags
	last.BoolP("help", "h", false, "this text")
	last.BoolVarP(&version, "version", "V", false, "version and build")
	c := &cobra.Command{
		Use:  name,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if version {
				a.show(versionLine() + "\n")
				return nil
			}
			return do(c.Context(), args)
		},
	}
	for _, g := range groups {
		c.Flags().AddFlagSet(g.flags)
	}
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return optionError(c, a.args, err) })
	c.SetHelpFunc(func(*cobra.Command, []string) { a.showHelp(name) })
	if a.pages == nil {
		a.pages = map[string][]optionGroup{}
	}
	a.pages[name] = groups
	return c
}

// runHelp shows the help, that of a command, or the page of a topic.
func (a *app) runHelp(_ context.Context, args []string) error {
	if len(args) > 1 {
		return complain("one topic at a time, but "+counted(len(args))+" were given", "Topics: "+strings.Join(topics, ", ")+", "+clientsTopic)
	}
	word := "check"
	if len(args) == 1 {
		word = args[0]
	}
	if slices.Contains(commands, word) {
		a.showHelp(word)
		return nil
	}
	if word == clientsTopic {
		a.written(report.WriteClientList(console(a.env.stdout), a.reader()))
		return nil
	}
	if word == manualTopic {
		a.show(a.manual())
		return nil
	}
	text, err := topic(word)
	if err != nil {
		if near := nearest(word, append(slices.Clone(topics), clientsTopic)); near != "" {
			return complain("there is no help on "+quote(word), "Did you mean: ftpdiag help "+near)
		}
		return complain("there is no help on "+quote(word), "Topics: "+strings.Join(topics, ", ")+", "+clientsTopic)
	}
	a.show(text)
	return nil
}

// showHelp shows the page of a command. Checking is what the program is for,
// so its page is the main one.
func (a *app) showHelp(command string) {
	options := listOptions(a.pages[command])
	switch command {
	case "show":
		a.show(showHelpHead + options)
	case "ticket":
		a.show(ticketHelpHead + options)
	case "compare":
		a.show(compareHelpHead + options)
	case "demo":
		a.show(demoHelpHead + options)
	case "explain":
		a.show(explainHelpHead + options)
	case "settings":
		a.show(settingsHelpHead + options)
	case "completion":
		a.show(completionHelpHead + options)
	case "help":
		a.show(helpHelp + options)
	default:
		a.show(mainHelpHead + options + mainHelpFoot)
	}
}

// counted writes a small number as a word.
func counted(n int) string {
	words := []string{"none", "one", "two", "three", "four", "five"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}
