package main

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// route puts the command's name first, and names the command that is meant
// where none is: a first word that equals a command is that command, anything
// else is a server. Options may stand anywhere. After "--" every word is a
// server.
func route(args, commands []string, flags *pflag.FlagSet) []string {
	if i := firstWord(args, flags); i >= 0 && slices.Contains(commands, args[i]) {
		return slices.Concat(args[i:i+1], args[:i], args[i+1:])
	}
	return slices.Concat([]string{"check"}, args)
}

// firstWord finds the first word that is neither an option nor an option's
// value; -1 if there is none before "--".
func firstWord(args []string, flags *pflag.FlagSet) int {
	for i := 0; i < len(args); i++ {
		switch arg := args[i]; {
		case arg == "--":
			return -1
		case len(arg) < 2 || arg[0] != '-':
			return i
		case takesNext(arg, flags):
			i++
		}
	}
	return -1
}

// takesNext tells whether the option needs the word after it as its value.
func takesNext(arg string, flags *pflag.FlagSet) bool {
	needs := func(f *pflag.Flag) bool { return f != nil && f.NoOptDefVal == "" }
	if long, ok := strings.CutPrefix(arg, "--"); ok {
		return !strings.Contains(long, "=") && needs(flags.Lookup(long))
	}
	for i := 1; i < len(arg); i++ {
		if arg[i] >= 0x80 { // pflag ends the program for a shorthand of several bytes
			return false
		}
		if needs(flags.ShorthandLookup(arg[i : i+1])) {
			return i == len(arg)-1
		}
	}
	return false
}
