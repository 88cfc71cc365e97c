// Package term decides how each output stream looks: colour or none, how
// wide, which symbols. It is the only importer of lipgloss, termenv and
// fatih/color, because the first two and the third detect colour separately and
// disagree (measured: under CI, TERM=vt100, an unset TERM, CLICOLOR=0, and
// CLICOLOR_FORCE in a pipe). One decision is made here and forced on both.
//
// The report on stdout is painted by lipgloss ([Painter]), one-line messages
// on stderr by fatih/color ([Palette]). They are never nested: both end with a
// full reset, so that an inner colour would kill the outer one.
package term
