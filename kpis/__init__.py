"""Figures made of measures: evaluation, intervals and the catalogue of KPIs."""
