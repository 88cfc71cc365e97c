// Package neterr answers one question: why did a network operation stop?
//
// It reads the error number and the type of the error, never its text: texts
// differ between systems, versions and languages. The numbers differ between
// systems too, so each system has a table of its own.
//
// [New] goes the other way. It makes the error this operating system would
// have returned, for networks that exist only in memory.
package neterr
