// Package saved keeps the results of checks in a folder of the person's own,
// so that a result can be shown, sent and compared again without another
// check.
//
// A result is one file: an examination as [probe.Examination.Save] writes it,
// which holds no password. Only the owner may read it. Files are written under
// another name first, so that nobody ever reads half of one; the oldest are
// removed when there are more than [Limit].
package saved
