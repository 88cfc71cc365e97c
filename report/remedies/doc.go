// Package remedies is the catalogue of what to change where: FTP programs, FTP
// servers, firewalls, NAT devices and clouds, with the exact setting of each.
//
// The catalogue is data (data/*.json, embedded). Tasks say what can be done
// about which findings and by whom; components say how each program or device
// does it. An entry carries how well it is known: a setting that nobody could
// confirm is never put into a report, and is marked wherever else it is shown.
//
// Never in the catalogue: letting a server connect to any address
// (port_promiscuous, AllowForeignAddress and the like make it a tool for
// attacks on others, RFC 2577 section 3), opening all high ports, and giving up
// TLS.
package remedies
