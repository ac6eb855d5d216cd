meta:
  id: measurement
  endian: be
seq:
  - { id: ml, type: u2 }
  - { id: pv, type: u1 }
  - { id: te, type: u1 }
  - { id: integrity, size: 3 }
  - { id: sd, type: u4 }
  - { id: rf, type: u1 }
  - { id: sc, type: u1 }
  - { id: ch, type: u1 }
  - { id: cmd, type: u1 }
  - { id: rc, type: u1 }
  - { id: ts, type: stamp }
  - { id: nut, type: u4 }
  - id: body
    type:
      switch-on: cmd
      cases:
        0x6d: report
        0x6e: list
        0x6c: list
        0x70: wishes
        0x6f: relay
        0x76: versions
types:
  stamp:
    seq:
      - { id: year, type: u2 }
      - { id: month, type: u1 }
      - { id: day, type: u1 }
      - { id: hour, type: u1 }
      - { id: minute, type: u1 }
      - { id: second, type: u1 }
  report:
    seq:
      - { id: alert, type: u1 }
      - { id: value, type: f4 }
  list:
    seq:
      - { id: map, type: u1 }
  wishes:
    seq:
      - { id: clock, type: u1 }
      - { id: slaves, type: u1 }
      - { id: sensors, type: u1 }
      - { id: levels, type: u1 }
  relay:
    seq:
      - { id: relay, type: u1 }
      - { id: operation, type: u1 }
  versions:
    seq:
      - { id: vp1, type: u2 }
      - { id: vp2, type: u2 }
      - { id: vp3, type: u2 }
      - { id: vhw, type: u2 }
