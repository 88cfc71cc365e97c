package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/scenarios"
)

const completionHelpHead = `Print what a shell needs to complete commands, options, findings and the
servers of saved results. Put one of these lines where the shell reads it when
it starts:

  bash         source <(ftpdiag completion bash)
  zsh          source <(ftpdiag completion zsh)
  fish         ftpdiag completion fish | source
  PowerShell   ftpdiag completion powershell | Out-String | Invoke-Expression

bash needs its package bash-completion, zsh a line "autoload -U compinit;
compinit" before it.
`

var shells = []string{"bash", "zsh", "fish", "powershell"}

// runCompletion prints the script of a shell.
func (a *app) runCompletion(root *cobra.Command, args []string) error {
	if len(args) != 1 {
		return complain("completion needs one shell", "Name it: ftpdiag completion "+strings.Join(shells, "|"))
	}
	switch args[0] {
	case "bash":
		a.written(root.GenBashCompletionV2(a.env.stdout, true))
	case "zsh":
		a.written(root.GenZshCompletion(a.env.stdout))
	case "fish":
		a.written(root.GenFishCompletion(a.env.stdout, true))
	case "powershell":
		a.written(root.GenPowerShellCompletionWithDesc(a.env.stdout))
	default:
		if near := nearest(args[0], shells); near != "" {
			return complain("there is no completion for "+quote(args[0]), "Did you mean: ftpdiag completion "+near)
		}
		return complain("there is no completion for "+quote(args[0]), "Use "+either(shells)+".")
	}
	return nil
}

// isCompleting tells whether a shell asks what could be typed next.
func isCompleting(args []string) bool {
	return len(args) > 1 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// routeCompleting is route for a line that is being typed. Its last word, which
// may be empty, is the one to complete.
func (a *app) routeCompleting(args, commands []string, flags *pflag.FlagSet) []string {
	line, last := args[1:len(args)-1], args[len(args)-1]
	a.anyCommand = firstWord(line, flags) < 0 && !slices.Contains(line, "--")
	return slices.Concat(args[:1], route(line, commands, flags), []string{last})
}

// completes tells cobra what can be typed for each command and option.
func (a *app) completes(root *cobra.Command) {
	for _, c := range root.Commands() {
		c.ValidArgsFunction = func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return a.completeWord(c.Name(), len(args))
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.NoOptDefVal != "" {
				return
			}
			err := c.RegisterFlagCompletionFunc(f.Name, func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
				return completeValue(f, typed)
			})
			if err != nil {
				panic(err) // cobra knows no other error than that it is registered already
			}
		})
	}
}

// completeWord lists what can stand in the place of a command's word number n.
func (a *app) completeWord(command string, n int) ([]string, cobra.ShellCompDirective) {
	var words []string
	directive := cobra.ShellCompDirectiveNoFileComp
	first := n == 0
	switch {
	case command == "check" && first:
		words = a.knownServers()
		if a.anyCommand {
			words = append(slices.Clone(commands), words...)
		}
	case command == "show" && first, command == "ticket" && first, command == "settings" && first, command == "compare" && n < 2:
		words, directive = a.knownServers(), cobra.ShellCompDirectiveDefault // or a file
	case command == "explain" && first:
		for _, code := range probe.Codes() {
			words = append(words, code.Number()+"\t"+code.String())
		}
		words = append(words, report.SubjectWords()...)
	case command == "demo" && first:
		for _, s := range scenarios.All() {
			words = append(words, s.Name+"\t"+s.Summary)
		}
	case command == "help" && first:
		words = slices.Concat(topics, []string{clientsTopic, manualTopic}, commands)
	case command == "completion" && first:
		words = shells
	}
	return words, directive
}

// knownServers are the servers of saved results. What is wrong with those is not
// told in the middle of a line that a person types.
func (a *app) knownServers() []string {
	var all []*probe.Examination
	for r, err := range a.store().Newest() {
		if err == nil {
			all = append(all, r.Examination)
		}
	}
	return servers(all)
}

// completeValue lists what an option takes.
func completeValue(f *pflag.Flag, typed string) ([]string, cobra.ShellCompDirective) {
	if f.Value.Type() == "FILE" {
		return nil, cobra.ShellCompDirectiveDefault
	}
	if f.Value.Type() == "FOLDER" { // of the server
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	words, list := optionWords(f.Name)
	if !list {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
	before := typed[:strings.LastIndex(typed, ",")+1]
	var longer []string
	for _, word := range words {
		longer = append(longer, before+word)
	}
	return longer, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// optionWords are the words that an option takes, and whether it takes several
// with commas; none where a person has to find the value.
func optionWords(option string) (words []string, list bool) {
	switch option {
	case "tls":
		return tlsWords, false
	case "only":
		return methodWords, true
	case "experiments":
		words := []string{"list"}
		for _, e := range probe.Experiments() {
			words = append(words, e.Name, "no-"+e.Name)
		}
		return words, true
	case "format":
		return report.FormatNames(), false
	case "color", "progress":
		return whenWords, false
	case "expect":
		return expectWords, false
	case "client":
		return report.Clients(), false
	default:
		return nil, false
	}
}

// methodWords are those of --only.
var methodWords = []string{"active", "passive", "port", "eprt", "pasv", "epsv"}

// completion makes the command; it needs the root for the options of all.
func (a *app) completion(root *cobra.Command) *cobra.Command {
	return a.command("completion", func(_ context.Context, args []string) error { return a.runCompletion(root, args) },
		[]optionGroup{newGroup("Options")})
}
