// Package programs reads how the FTP programs on this computer are set: from
// their files, the environment and the registry of Windows. It changes
// nothing, starts no program, and keeps no password and no server's name.
//
// [Read] takes everything from a [Computer], so that the files of every system
// can be read on any. What is missing is absent; what cannot be read or
// understood is a [Problem] and never stops the rest. What a setting means for
// a server is not decided here.
package programs
