//go:build linux

package lab

import "slices"

// Worlds are all networks and servers the lab can build.
var Worlds = slices.Concat(basicWorlds, filterWorlds, translationWorlds, helperWorlds, proxyWorlds, lineWorlds, nameWorlds,
	securityWorlds, folderWorlds, twistedWorlds, trapWorlds,
	limitWorlds, placeWorlds, patienceWorlds, ruleWorlds, connectionWorlds, blameWorlds, callWorlds, pathWorlds)

// twoServers are tried where every server shows the same and the world takes long.
var twoServers = []Kind{Vsftpd, ProFTPD}

// healthy is the verdict where both modes work and nothing else is to be said.
var healthy = Verdict{
	ID: "either", Primary: []string{"both-modes-work"}, Active: "works", Passive: "works", Within: withinHealthy,
	Forbidden: anyOf(blamesActive, blamesPassive, blamesHelper, blamesData, blamesReach),
}
