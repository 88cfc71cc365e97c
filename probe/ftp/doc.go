// Package ftp is the FTP control language (RFC 959, 1123, 1639, 2389, 2428):
// replies, commands, the endpoints that both sides announce for data
// connections, and the meaning of the texts that real servers send.
//
// The package is pure. It opens no connection and draws no conclusion about a
// network: it says what was said. Everything that comes from a peer is bounded
// in length, kept byte for byte as evidence, and tolerated where a deviation
// leaves no doubt; each deviation tolerated is named by a [Quirk]. Nothing here
// is fit to be shown to a person before it went through [Clean].
package ftp
