package main

import (
	"fmt"
	"runtime"
	"strings"
)

// codeBug is the exit code of a bug in this program (EX_SOFTWARE of BSD's
// sysexits.h).
const codeBug = 70

// crashFrames is how many places of the program a bug report needs: the one
// that failed and those that led there.
const crashFrames = 8

// crashMessage words a panic. It names places in the program and nothing of
// what it worked on, so it holds no password and no address.
func crashMessage(problem any) []string {
	what := fmt.Sprint(problem)
	if err, ok := problem.(runtime.Error); ok {
		what = strings.TrimPrefix(err.Error(), "runtime error: ")
	}
	lines := message("this is a bug in ftpdiag, not in your network: "+clip(what),
		"Please report it with these lines and the command (they hold no password):")
	lines = append(lines, "    "+versionLine())
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for shown := 0; shown < crashFrames; {
		frame, more := frames.Next()
		if _, place, ours := strings.Cut(frame.Function, "ftpdiag/"); ours || strings.HasPrefix(frame.Function, "main.") {
			if !ours {
				place = frame.Function
			}
			lines = append(lines, fmt.Sprintf("    %s line %d", place, frame.Line))
			shown++
		}
		if !more {
			break
		}
	}
	return lines
}
