package main

import (
	"embed"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
)

// topics are the pages of `ftpdiag help TOPIC`, in the order in which the help
// lists them. They are plain ASCII, so that every console shows them.
//
//go:embed topics/*.txt
var topicFiles embed.FS

var topics = []string{"modes", "results", "exit-codes", "formats", "privacy", "color"}

// clientsTopic is one more page, made from the catalogue of remedies.
const clientsTopic = "clients"

// topic is one page.
func topic(name string) (string, error) {
	text, err := topicFiles.ReadFile("topics/" + name + ".txt")
	return string(text), err
}

// shortHelp is what a person sees who starts the program with nothing.
const shortHelp = `ftpdiag checks an FTP server from this computer and tells whether passive mode
is required.

  ftpdiag ftp.example.com              check one server
  ftpdiag -u maria ftp.example.com     log in as maria (asks for the password)
  ftpdiag demo                         try it without a server

Nothing on the server is changed. All commands and options: ftpdiag --help
`

const mainHelpHead = `Check an FTP server from this computer and tell whether passive mode is
required. Nothing on the server is changed: it logs in and lists a folder.

Examples
  ftpdiag ftp.example.com                    check one server
  ftpdiag -u maria ftp.example.com           log in (asks for the password)
  ftpdiag ftp://files.example.net:2121/in    an address from a ticket, as it is
  ftpdiag --json ftp.example.com             the same result for a program
  ftpdiag -o report.html ftp.example.com     also write a page to send on

Commands
  [check] SERVER            check one server: name, address or ftp:// address
  show [RESULT]             show the last result, or a saved one, again
  ticket [RESULT]           print it as text for a ticket or a mail
  compare [BEFORE AFTER]    tell what changed (default: the last two results)
  explain [CODE]            explain a finding such as F201 and how to fix it
  settings [SERVER]         show how the FTP programs on this computer are set
  demo [CASE]               run against a built-in practice server
  help [TOPIC]              clients (FTP programs), or one of:
                            modes, results, exit-codes, formats, privacy, color
  completion SHELL          bash, zsh, fish or powershell
`

const mainHelpFoot = `
Options may stand anywhere. A server that is called like a command is checked
with: ftpdiag check demo

Exit codes: 0 works, 1 no data connection works, 2 wrong use, 3 no verdict,
4 login refused, 5 not reachable. More: ftpdiag help exit-codes
`

const demoHelpHead = `Run a practice server on this computer, with a certain fault, and check it as
ftpdiag would check any server. Nothing leaves this computer.

  ftpdiag demo                 the classic: active mode is blocked
  ftpdiag demo CASE            another case
  ftpdiag demo --list          all cases
`

const helpHelp = `Show a page about one topic: clients (where FTP programs have the setting), or
modes, results, exit-codes, formats, privacy, color.

  ftpdiag help                 all commands and options
  ftpdiag help modes           active and passive mode in two minutes
  ftpdiag help manual          the manual page of man: > ftpdiag.1
`

// optionColumn is where the explanations begin in the list of options.
const optionColumn = 28

// listOptions lists the groups, from the same flags that parse them.
func listOptions(groups []optionGroup) string {
	var b strings.Builder
	for _, g := range groups {
		fmt.Fprintf(&b, "\n%s\n", g.title)
		g.flags.VisitAll(func(f *pflag.Flag) {
			head := "  " + optionHead(f)
			if f.Shorthand == "" {
				head = "    " + head
			}
			pad := strings.Repeat(" ", max(1, optionColumn-len(head)))
			for _, line := range fold(head+pad+f.Usage, strings.Repeat(" ", optionColumn), messageWidth) {
				b.WriteString(line + "\n")
			}
		})
	}
	return b.String()
}
